from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("workforce", "0013_matching_asked")]

    operations = []
