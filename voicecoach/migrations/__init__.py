"""The history of the schema, one frozen step a file in `versions/`.

A step names its tables and columns itself and imports nothing of today's tables, so that what an
old database goes through never changes. To add one: change the tables, copy the newest file under
the next number, write the step by hand, and run `tests/store/`: it compares the migrated schema
with the tables, on SQLite and on PostgreSQL.

On SQLite a changed column means a rebuilt table: use `op.batch_alter_table`. Foreign keys are off
while steps run and every reference is checked before they are committed (`voicecoach/schema.py`).
"""
