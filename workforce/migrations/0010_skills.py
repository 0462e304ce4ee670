from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("workforce", "0009_person_user")]

    operations = []
