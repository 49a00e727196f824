"""What a row about a person may say besides name and id; linkage reads it where the id does not settle who it is."""

from shouwang.screening.datasets.schema import Column, Reads

PERSON_COLUMNS = (
    Column("sex", "性别", Reads.TEXT, may_be_empty=True),
    Column("birth_date", "出生日期", Reads.DATE, synonyms=("出生年月", "出生年月日", "生日"), may_be_empty=True),
    Column(
        "address",
        "住址",
        Reads.TEXT,
        synonyms=("家庭住址", "户籍地址", "居住地址", "地址", "现住址", "家庭地址", "详细地址", "户籍所在地"),
        may_be_empty=True,
    ),
    Column("village", "村", Reads.TEXT, synonyms=("行政村", "村委会", "所在村", "村(社区)"), may_be_empty=True),
    Column("head_name", "户主姓名", Reads.NAME, synonyms=("户主",), may_be_empty=True),
    Column("phone", "联系电话", Reads.TEXT, synonyms=("电话", "手机号", "手机号码", "联系方式"), may_be_empty=True),
)
"""All of them may be absent; a file that has them costs a clean run nothing."""
