import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("registry", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=24, unique=True)),
                ("area_code", models.CharField(max_length=12)),
                ("on", models.DateField()),
                ("by_id", models.CharField(max_length=40)),
                ("by_name", models.CharField(max_length=80)),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area_code", models.CharField(max_length=12)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("clue", "线索"),
                            ("assigned", "已派人"),
                            ("visited", "已入户"),
                            ("compared", "已比对"),
                            ("reviewed", "已评议"),
                            ("noticed", "公示中"),
                            ("audited", "乡镇已审核"),
                            ("refusal-proposed", "拟不予纳入"),
                            ("included", "已纳入"),
                            ("in-help", "帮扶中"),
                            ("removal-proposed", "拟消除"),
                            ("removal-visited", "消除：已入户"),
                            ("removal-reviewed", "消除：已评议"),
                            ("removal-noticed", "消除：公示中"),
                            ("removal-audited", "消除：乡镇已审核"),
                            ("refused", "不予纳入，待告知"),
                            ("removed", "已消除"),
                            ("closed", "已结案"),
                        ],
                        default="clue",
                        max_length=20,
                    ),
                ),
                (
                    "procedure",
                    models.CharField(
                        choices=[("inclusion", "纳入"), ("removal", "消除")], default="inclusion", max_length=10
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("screening", "系统筛查"),
                            ("declaration", "农户申报"),
                            ("rounds", "干部排查"),
                            ("review", "定期综合评价"),
                            ("other", "信访、舆情等"),
                        ],
                        max_length=12,
                    ),
                ),
                ("opened_on", models.DateField()),
                ("receipt_number", models.CharField(blank=True, max_length=24)),
                ("declared", models.TextField(blank=True)),
                ("declared_how", models.CharField(blank=True, max_length=20)),
                ("suspected_level", models.SmallIntegerField(null=True)),
                ("proposed_level", models.SmallIntegerField(null=True)),
                ("confirmed_level", models.SmallIntegerField(null=True)),
                ("national_type", models.CharField(blank=True, max_length=30)),
                ("rules", models.JSONField(default=list)),
                ("sentence", models.CharField(blank=True, max_length=600)),
                ("clock_from", models.DateField()),
                ("total_due_on", models.DateField(null=True)),
                ("next_due_on", models.DateField(null=True)),
                ("holder_role", models.CharField(blank=True, max_length=40)),
                ("paused_since", models.DateField(null=True)),
                ("paused_days", models.IntegerField(default=0)),
                ("returned_on", models.DateField(null=True)),
                ("included_on", models.DateField(null=True)),
                ("removed_on", models.DateField(null=True)),
                ("closed_on", models.DateField(null=True)),
                (
                    "closed_as",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("refused", "不予纳入"),
                            ("withdrawn", "撤回"),
                            ("died", "死亡"),
                            ("moved", "迁出"),
                            ("merged", "合户"),
                            ("left", "销户"),
                            ("removed", "风险消除"),
                        ],
                        max_length=10,
                    ),
                ),
                ("close_reason", models.CharField(blank=True, max_length=200)),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="registry.household"
                    ),
                ),
                (
                    "previous",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="later", to="casework.case"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Assignee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("side", models.CharField(choices=[("village", "Village"), ("township", "Township")], max_length=8)),
                ("name", models.CharField(max_length=80)),
                ("user_id", models.CharField(blank=True, max_length=40)),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="assignees", to="casework.case"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AssetQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("flag", models.CharField(max_length=40)),
                ("asked_on", models.DateField()),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("true", "True"),
                            ("false", "False"),
                            ("disposed", "Disposed"),
                            ("explained", "Explained"),
                        ],
                        max_length=10,
                    ),
                ),
                ("explanation", models.CharField(blank=True, max_length=300)),
                ("evidence", models.CharField(blank=True, max_length=200)),
                ("answered_on", models.DateField(null=True)),
                ("answered_by", models.CharField(blank=True, max_length=40)),
                ("answered_by_name", models.CharField(blank=True, max_length=80)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="asset_questions", to="casework.case"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("procedure", models.CharField(choices=[("inclusion", "纳入"), ("removal", "消除")], max_length=10)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("include", "Include"),
                            ("refuse", "Refuse"),
                            ("raise", "Raise"),
                            ("remove", "Remove"),
                            ("keep", "Keep"),
                        ],
                        max_length=8,
                    ),
                ),
                ("level", models.SmallIntegerField(null=True)),
                (
                    "reason_code",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not-true", "Not True"),
                            ("above-line", "Above Line"),
                            ("assets", "Assets"),
                            ("already-secured", "Already Secured"),
                            ("not-eligible", "Not Eligible"),
                            ("review-against", "Review Against"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=400)),
                ("way", models.CharField(blank=True, max_length=10)),
                ("on", models.DateField()),
                ("by_id", models.CharField(max_length=40)),
                ("by_name", models.CharField(max_length=80)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("told_on", models.DateField(null=True)),
                ("told_by", models.CharField(blank=True, max_length=40)),
                ("told_by_name", models.CharField(blank=True, max_length=80)),
                (
                    "told_how",
                    models.CharField(
                        blank=True, choices=[("door", "Door"), ("phone", "Phone"), ("paper", "Paper")], max_length=8
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="casework.batch",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="casework.case"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Escalation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area_code", models.CharField(max_length=12)),
                ("procedure", models.CharField(max_length=10)),
                ("state", models.CharField(max_length=20)),
                ("to_role", models.CharField(max_length=40)),
                ("due_on", models.DateField()),
                ("on", models.DateField()),
                ("ended_on", models.DateField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="escalations", to="casework.case"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("notice-start", "Notice Start"),
                            ("notice-end", "Notice End"),
                            ("visit", "Visit"),
                            ("minutes", "Minutes"),
                            ("assets", "Assets"),
                            ("help", "Help"),
                        ],
                        max_length=12,
                    ),
                ),
                ("on", models.DateField()),
                ("file", models.FileField(upload_to="cases/%Y/%m")),
                ("media_type", models.CharField(max_length=40)),
                ("size_bytes", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("added_by", models.CharField(max_length=40)),
                ("added_by_name", models.CharField(max_length=80)),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="evidence", to="casework.case"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FormNumber",
            fields=[
                ("number", models.CharField(max_length=36, primary_key=True, serialize=False)),
                ("action", models.CharField(max_length=40)),
                ("by_id", models.CharField(max_length=40)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "case",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.case"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("procedure", models.CharField(choices=[("inclusion", "纳入"), ("removal", "消除")], max_length=10)),
                ("posted_on", models.DateField()),
                ("last_day", models.DateField()),
                ("place", models.CharField(max_length=80)),
                ("sheet", models.JSONField()),
                ("posted_by", models.CharField(max_length=40)),
                ("posted_by_name", models.CharField(max_length=80)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="casework.case"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("received_on", models.DateField()),
                ("raised_by", models.CharField(blank=True, max_length=80)),
                ("text", models.TextField()),
                ("received_by", models.CharField(max_length=40)),
                ("received_by_name", models.CharField(max_length=80)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("upheld", "Upheld"), ("not-upheld", "Not Upheld"), ("withdrawn", "Withdrawn")],
                        max_length=10,
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                ("settled_on", models.DateField(null=True)),
                ("settled_by", models.CharField(blank=True, max_length=40)),
                ("settled_by_name", models.CharField(blank=True, max_length=80)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="objections", to="casework.case"
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="objections", to="casework.notice"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("procedure", models.CharField(choices=[("inclusion", "纳入"), ("removal", "消除")], max_length=10)),
                ("on", models.DateField()),
                ("chair", models.CharField(max_length=80)),
                ("minutes", models.TextField()),
                ("present", models.PositiveSmallIntegerField()),
                ("votes_for", models.PositiveSmallIntegerField()),
                ("votes_against", models.PositiveSmallIntegerField()),
                ("abstained", models.PositiveSmallIntegerField()),
                ("proposed_level", models.SmallIntegerField(null=True)),
                ("recorded_by", models.CharField(max_length=40)),
                ("recorded_by_name", models.CharField(max_length=80)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="casework.case"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Schedule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area_code", models.CharField(max_length=12)),
                ("since", models.DateField()),
                ("assigned", models.PositiveSmallIntegerField(default=1)),
                ("visited", models.PositiveSmallIntegerField(default=3)),
                ("compared", models.PositiveSmallIntegerField(default=6)),
                ("reviewed", models.PositiveSmallIntegerField(default=7)),
                ("noticed", models.PositiveSmallIntegerField(default=7)),
                ("notice_days", models.PositiveSmallIntegerField(default=5)),
                ("audited", models.PositiveSmallIntegerField(default=13)),
                ("decided", models.PositiveSmallIntegerField(default=15)),
                ("measures", models.PositiveSmallIntegerField(default=10)),
                ("told", models.PositiveSmallIntegerField(default=3)),
                ("completion", models.PositiveSmallIntegerField(default=2)),
                ("warn", models.PositiveSmallIntegerField(default=2)),
                ("to_county", models.PositiveSmallIntegerField(default=3)),
                ("set_by", models.CharField(max_length=40)),
                ("set_by_name", models.CharField(max_length=80)),
                ("set_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("area_code", "since"), name="schedule_once_per_county_and_day"),
                    models.CheckConstraint(
                        condition=models.Q(("notice_days__gte", 5)), name="schedule_notice_five_days"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("assigned__lte", models.F("visited")),
                            (
                                "audited__gt",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("noticed"), "+", models.F("notice_days")
                                ),
                            ),
                            ("audited__lte", models.F("decided")),
                            ("compared__lte", models.F("reviewed")),
                            ("reviewed__lte", models.F("noticed")),
                            ("visited__lte", models.F("compared")),
                        ),
                        name="schedule_steps_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("procedure", models.CharField(choices=[("inclusion", "纳入"), ("removal", "消除")], max_length=10)),
                ("action", models.CharField(max_length=24)),
                ("from_state", models.CharField(blank=True, max_length=20)),
                ("to_state", models.CharField(max_length=20)),
                ("on", models.DateField()),
                ("due_on", models.DateField(null=True)),
                ("reason", models.CharField(blank=True, max_length=400)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("by_id", models.CharField(max_length=40)),
                ("by_name", models.CharField(max_length=80)),
                ("by_role", models.CharField(max_length=40)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="casework.case"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TownAudit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("procedure", models.CharField(choices=[("inclusion", "纳入"), ("removal", "消除")], max_length=10)),
                ("on", models.DateField()),
                ("is_passed", models.BooleanField()),
                ("opinion", models.CharField(max_length=300)),
                ("by_id", models.CharField(max_length=40)),
                ("by_name", models.CharField(max_length=80)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="town_audits", to="casework.case"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("procedure", models.CharField(choices=[("inclusion", "纳入"), ("removal", "消除")], max_length=10)),
                ("on", models.DateField()),
                ("visitors", models.JSONField()),
                ("wish", models.CharField(blank=True, max_length=120)),
                ("note", models.TextField(blank=True)),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("recorded_by", models.CharField(max_length=40)),
                ("recorded_by_name", models.CharField(max_length=80)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="visits", to="casework.case"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Authorisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("signed_on", models.DateField(null=True)),
                ("until", models.DateField(null=True)),
                ("why_not", models.CharField(blank=True, max_length=120)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.person"
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="authorisations", to="casework.visit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="VisitFinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fact", models.CharField(max_length=40)),
                ("value", models.CharField(max_length=120)),
                ("as_of", models.DateField()),
                ("recorded_on", models.DateField()),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.household"
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="findings", to="casework.visit"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("next_due_on__isnull", False)),
                fields=["holder_role", "area_code", "next_due_on"],
                name="case_due",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("next_due_on__isnull", False)), fields=["next_due_on", "id"], name="case_by_clock"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["area_code", "id"], name="case_by_area"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("closed_on", None)), fields=["area_code", "id"], name="case_open_by_area"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["state", "area_code", "id"], name="case_by_state"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["household", "-id"], name="case_of_household"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_on", None)), fields=("household",), name="case_open_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                condition=models.Q(("receipt_number", ""), _negated=True),
                fields=("receipt_number",),
                name="case_receipt_number_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_as", ""), ("closed_on", None)),
                    models.Q(("closed_on__isnull", False), models.Q(("closed_as", ""), _negated=True)),
                    _connector="OR",
                ),
                name="case_closed_day_and_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_on", None),
                        (
                            "state__in",
                            (
                                "clue",
                                "assigned",
                                "visited",
                                "compared",
                                "reviewed",
                                "noticed",
                                "audited",
                                "refusal-proposed",
                                "included",
                                "in-help",
                                "removal-proposed",
                                "removal-visited",
                                "removal-reviewed",
                                "removal-noticed",
                                "removal-audited",
                            ),
                        ),
                    ),
                    models.Q(("closed_on__isnull", False), ("state__in", ("refused", "removed", "closed"))),
                    _connector="OR",
                ),
                name="case_closed_in_an_end_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_level", None), ("included_on", None)),
                    models.Q(("confirmed_level__isnull", False), ("included_on__isnull", False)),
                    _connector="OR",
                ),
                name="case_confirmed_when_included",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("suspected_level", None), ("suspected_level__in", (1, 2, 3, 4, 5)), _connector="OR"),
                    models.Q(("proposed_level", None), ("proposed_level__in", (1, 2, 3, 4, 5)), _connector="OR"),
                    models.Q(("confirmed_level", None), ("confirmed_level__in", (1, 2, 3, 4, 5)), _connector="OR"),
                ),
                name="case_levels_one_to_five",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("removed_on", None),
                    models.Q(("closed_as", "removed"), ("included_on__isnull", False)),
                    _connector="OR",
                ),
                name="case_removed_was_included",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("paused_days__gte", 0)), name="case_paused_days_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("holder_role", ""), ("next_due_on", None)),
                    models.Q(("next_due_on__isnull", False), models.Q(("holder_role", ""), _negated=True)),
                    _connector="OR",
                ),
                name="case_due_has_holder",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignee",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until", None)), fields=("case", "side"), name="assignee_one_per_side"
            ),
        ),
        migrations.AddConstraint(
            model_name="assetquestion",
            constraint=models.UniqueConstraint(fields=("case", "flag"), name="asset_question_once"),
        ),
        migrations.AddConstraint(
            model_name="assetquestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_by", ""), ("answered_by_name", ""), ("answered_on", None)),
                    models.Q(
                        models.Q(("answer", ""), _negated=True),
                        ("answered_on__isnull", False),
                        models.Q(("answered_by", ""), _negated=True),
                        models.Q(("answered_by_name", ""), _negated=True),
                        models.Q(("evidence", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="asset_answer_by_somebody_with_evidence",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind__in", ("include", "refuse"))),
                fields=("case",),
                name="decision_on_inclusion_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "remove")), fields=("case",), name="decision_on_removal_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ("include", "raise")), ("level__in", (1, 2, 3, 4, 5))),
                    models.Q(models.Q(("kind__in", ("include", "raise")), _negated=True), ("level", None)),
                    _connector="OR",
                ),
                name="decision_level_where_included",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ("refuse", "keep")), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="decision_against_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("told_by", ""), ("told_how", ""), ("told_on", None)),
                    models.Q(
                        ("told_on__isnull", False),
                        models.Q(("told_by", ""), _negated=True),
                        models.Q(("told_how", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="decision_told_by_somebody",
            ),
        ),
        migrations.AddIndex(
            model_name="escalation",
            index=models.Index(
                condition=models.Q(("ended_on", None)),
                fields=["to_role", "area_code", "due_on"],
                name="escalations_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="escalation",
            constraint=models.UniqueConstraint(fields=("case", "state", "to_role", "due_on"), name="escalation_once"),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.UniqueConstraint(fields=("case", "kind", "sha256"), name="evidence_once"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["case", "-id"], name="notices_of_case"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_day__gt", models.F("posted_on"))), name="notice_ends_after_start"
            ),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("outcome", ""), ("settled_by", ""), ("settled_on", None)),
                    models.Q(
                        models.Q(("outcome", ""), _negated=True),
                        ("settled_on__gte", models.F("received_on")),
                        models.Q(("settled_by", ""), _negated=True),
                        models.Q(("answer", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="objection_settled_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("present__gt", 0),
                    (
                        "present__gte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                models.F("votes_for"), "+", models.F("votes_against")
                            ),
                            "+",
                            models.F("abstained"),
                        ),
                    ),
                ),
                name="review_votes_within_present",
            ),
        ),
        migrations.AddIndex(
            model_name="step",
            index=models.Index(fields=["case", "id"], name="steps_of_case"),
        ),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(fields=["case", "-id"], name="visits_of_case"),
        ),
        migrations.AddConstraint(
            model_name="authorisation",
            constraint=models.UniqueConstraint(fields=("visit", "person"), name="authorisation_once_per_person"),
        ),
        migrations.AddConstraint(
            model_name="authorisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("signed_on__isnull", False), ("until__gt", models.F("signed_on")), ("why_not", "")),
                    models.Q(("signed_on", None), ("until", None), models.Q(("why_not", ""), _negated=True)),
                    _connector="OR",
                ),
                name="authorisation_signed_or_why_not",
            ),
        ),
        migrations.AddIndex(
            model_name="visitfinding",
            index=models.Index(fields=["recorded_on", "household"], name="visit_findings_by_day"),
        ),
        migrations.AddConstraint(
            model_name="visitfinding",
            constraint=models.UniqueConstraint(fields=("visit", "fact"), name="visit_finding_once_per_fact"),
        ),
    ]
