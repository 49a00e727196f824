"""ISO dates in both languages: officials compare them with their files."""

DATE_FORMAT = "Y-m-d"
SHORT_DATE_FORMAT = "m-d"
DATETIME_FORMAT = "Y-m-d H:i"
NUMBER_GROUPING = 3
THOUSAND_SEPARATOR = ","
DECIMAL_SEPARATOR = "."
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"]
