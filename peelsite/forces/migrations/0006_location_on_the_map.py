import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from peelsite.history import together


class Migration(together.Migration):

    dependencies = [
        ('forces', '0005_joint_units'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='location',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='location',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='location',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='location',
            name='latitude',
            field=models.DecimalField(blank=True, decimal_places=4, max_digits=6, null=True),
        ),
        migrations.AddField(
            model_name='location',
            name='longitude',
            field=models.DecimalField(blank=True, decimal_places=4, max_digits=7, null=True),
        ),
        migrations.AddField(
            model_name='locationevent',
            name='latitude',
            field=models.DecimalField(blank=True, decimal_places=4, max_digits=6, null=True),
        ),
        migrations.AddField(
            model_name='locationevent',
            name='longitude',
            field=models.DecimalField(blank=True, decimal_places=4, max_digits=7, null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='location',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "forces_locationevent" ("area_id", "code", "force_id", "id", "latitude", "longitude", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."area_id", new_values."code", new_values."force_id", new_values."id", new_values."latitude", new_values."longitude", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4cb4af3269403e6bb46c21f6addd60a704ad9db3', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_8dba3', referencing='REFERENCING NEW TABLE AS new_values ', table='forces_location', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='location',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "forces_locationevent" ("area_id", "code", "force_id", "id", "latitude", "longitude", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."area_id", new_values."code", new_values."force_id", new_values."id", new_values."latitude", new_values."longitude", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='445339caa97acdfbeee41348930333f63a81a0ab', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_30fc3', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='forces_location', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='location',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "forces_locationevent" ("area_id", "code", "force_id", "id", "latitude", "longitude", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."area_id", old_values."code", old_values."force_id", old_values."id", old_values."latitude", old_values."longitude", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='9580c1bcacc3794ff242b26d07e29c76cb75639d', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_0f63e', referencing='REFERENCING OLD TABLE AS old_values ', table='forces_location', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='location',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('latitude__isnull', True), ('longitude__isnull', True)), models.Q(('latitude__isnull', False), ('latitude__range', (49, 61)), ('longitude__isnull', False), ('longitude__range', (-9, 2))), _connector='OR'), name='forces_location_on_the_map'),
        ),
    ]
