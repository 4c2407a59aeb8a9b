from django.apps import AppConfig

from portal import triggers


class ColumnsConfig(AppConfig):
    name = "columns"
    verbose_name = "栏目"

    def ready(self) -> None:
        triggers.watch("columns_column", "columns_column_reader_departments")
        triggers.watch("columns_appointment", "columns_tenure", "columns_delegation", of=triggers.LEDGER)
