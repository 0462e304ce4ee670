from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("workforce", "0014_packs")]

    operations = []
