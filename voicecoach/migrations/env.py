"""What Alembic runs: the steps, on the connection and in the transaction it is handed."""

from alembic import context

from voicecoach.migrations.scope import is_ours

connection = context.config.attributes["connection"]

context.configure(
    connection=connection,
    target_metadata=context.config.attributes.get("target_metadata"),
    version_table="voicecoach_version",
    compare_type=True,
    include_name=is_ours,
    render_as_batch=connection.dialect.name == "sqlite",
    transactional_ddl=True,
)

with context.begin_transaction():
    context.run_migrations()
