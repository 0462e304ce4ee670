from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("workforce", "0012_decisions_followed")]

    operations = []
