"""A model field whose column holds ciphertext."""

from typing import Any

from django.db import models

from shouwang.office.privacy.sealed_text import decrypt, encrypt


class EncryptedField(models.BinaryField):
    """Text in Python, AES-256-GCM bytes in the database. Null stays null: unknown. Found again by a `blind_index`."""

    def _label(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if isinstance(value, str):
            value = encrypt(value, field=self._label()) if value else None
        return super().get_db_prep_value(value, connection, prepared)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str | None:
        return None if value is None else decrypt(bytes(value), field=self._label())

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError("an encrypted field is never written out as text")
