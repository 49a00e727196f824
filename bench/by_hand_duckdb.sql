-- The month's screening of June 2020 by hand. The driver (by_hand_duckdb.py) makes the views raw_<dataset>, every
-- column as text as delivered and `month` (202006), reads each into a table where it says "step: extracts", and fills
-- in what stands in braces. Figures are literals; money is whole fen; labour is counted in halves.
-- step: register
create macro nth(d) as year(d) * 10000 + month(d) * 100 + day(d);
create macro day_of(n) as make_date(n // 10000, n // 100 % 100, n % 100);
-- An id as one whole number: its seventeen digits × 11 + its check digit. 15 digits are of the 1900s; 20 and 22
-- digits are a disability card, whose first 18 are the id.
create macro key18(t) as case
    when try_cast(t as bigint) >= 100000000000000000 then try_cast(t as bigint) // 10 * 11 + try_cast(t as bigint) % 10
    when right(t, 1) = 'X' then try_cast(left(t, 17) as bigint) * 11 + 10 end;
create macro check_digit(n) as (12 - (n // 10000000000000000 % 10 * 7 + n // 1000000000000000 % 10 * 9
    + n // 100000000000000 % 10 * 10 + n // 10000000000000 % 10 * 5 + n // 1000000000000 % 10 * 8
    + n // 100000000000 % 10 * 4 + n // 10000000000 % 10 * 2 + n // 1000000000 % 10 + n // 100000000 % 10 * 6
    + n // 10000000 % 10 * 3 + n // 1000000 % 10 * 7 + n // 100000 % 10 * 9 + n // 10000 % 10 * 10
    + n // 1000 % 10 * 5 + n // 100 % 10 * 8 + n // 10 % 10 * 4 + n % 10 * 2) % 11) % 11;
create macro key15(t) as (t[:6] || '19' || t[7:])::bigint * 11 + check_digit((t[:6] || '19' || t[7:])::bigint);
create macro key_written(t) as case when regexp_full_match(t, '[0-9]{15}') then key15(t)
    when length(t) in (18, 20, 22) then key18(t[:18]) end;
-- Only an id written in another way is translated: the list keeps the engine from doing it to all of them beforehand.
create macro id_key(t) as coalesce(case when length(t) = 18 then key18(t) end, list_transform(
    [translate(t, '０１２３４５６７８９Ｘｘx 　''', '0123456789XXX')], lambda s: key_written(s))[1]);
create macro is_sound(key) as check_digit(key // 11) = key % 11
    and try(make_date(key // 110000000 % 10000, key // 1100000 % 100, key // 11000 % 100)) is not null;

create temp table households as
select row_number() over (order by household_id)::int as household_no, household_id, area_code::varchar as area_code,
    case when register in ('exited', 'registered', 'general') then register end as register,
    area_code::varchar in (select code from areas where code not like '%000') as area_known
from read_parquet(getvariable('registry') || '/households.parquet');

create temp table members as
with written as (
    select *, id_key(id_number) as written_key
    from read_parquet(getvariable('registry') || '/members.parquet', file_row_number = true)
),
checked as (select *, coalesce(is_sound(written_key), false) as is_sound from written)
select (file_row_number + 1)::int as member_no, household_no, case when is_sound then written_key end as key,
    coalesce(id_number, '') != '' and not is_sound as id_is_bad,
    trim(name) as name, birth_date::date as birth_date,
    (case when labour in ('普通劳动力', '技能劳动力', '普通', '技能') then 2
        when labour in ('弱劳动力或半劳动力', '弱/半劳动力', '弱劳动力', '半劳动力') then 1
        when labour in ('丧失劳动力', '散失劳动力', '无劳动力', '丧失', '无') then 0 end)::tinyint as halves,
    coalesce(in_school::varchar, '') not in ('', '非在校生', '学龄前儿童', '否') as at_school,
    coalesce(relation in ('户主', '本人或户主', '本人'), false) as is_head,
    since::date as since, until::date as until,
    coalesce(since::date, date '2020-06-30') <= date '2020-06-30'
        and (until is null or until::date > date '2020-06-30') as active
from checked left join households using (household_id);

-- One id, one person: twice in a household counts once; present in several households it leads to nobody.
create temp table doubles as
with twice as (select key from members where active and key is not null group by key having count(*) > 1),
placed as (
    select member_no, household_no, row_number() over (partition by key, household_no order by member_no) as place,
        min(household_no) over same is distinct from max(household_no) over same
            or count(*) over same != count(household_no) over same and max(household_no) over same is not null as many
    from members semi join twice using (key) where active window same as (partition by key)
)
select member_no, case when place > 1 then 'twice' else 'many' end as fault from placed where place > 1 or many;
delete from members where member_no in (select member_no from doubles where fault = 'twice');
update members set key = null
where key in (select key from members where member_no in (select member_no from doubles where fault = 'many'));
-- Whom an id leads to: the person in the present household, else in the only past one.
create temp table linkable as
with known as (select key, member_no, household_no, active from members where key is not null and household_no is not null),
past as (select * from known where not active and key not in (select key from known where active))
select key, member_no, household_no from known where active
union all
select key, max(member_no), max(household_no) from past group by key having count(distinct household_no) = 1;
create temp view people as select * from members where active and household_no is not null;

-- Whole months from a day to the end of June 2020; two month ends are whole months apart.
create macro months_since(d) as 2020 * 12 + 7 - year(d + 1) * 12 - month(d + 1) - (day(d + 1) > 1)::int;
-- Of several figures for one window the one collected last counts, and of those the lowest.
create temp table incomes as
with figures as (
    select household_no, year(window_to::date + 1) * 12 + month(window_to::date + 1) as ends, window_to::date as window_to,
        (transfer * 100)::bigint as transfer, coalesce(source, '') as source, collected_on::date as collected_on,
        ((wage + business + property + transfer - business_cost) * 100)::bigint as net
    from read_parquet(getvariable('registry') || '/incomes.parquet') join households using (household_id)
    where collected_on <= date '2020-06-30' and window_to <= date '2020-06-30'
        and wage + business + property + transfer - business_cost is not null
),
ordered as (select *, nth(collected_on) * 100000000000 - least(greatest(net, 0), 99999999999) as counts from figures),
windows as (
    select household_no, ends, arg_max(net, counts) as net, arg_max(transfer, counts) as transfer,
        arg_max(source, counts) as source, max(window_to) as window_to, min(net) as lowest, max(net) as highest
    from ordered group by all
),
newest as (select household_no, max(ends) as ends from windows group by all)
select household_no, w.net as net_income, b.net as net_income_before, b.window_to as net_income_before__as_of,
    w.transfer as transfer_income, months_since(w.window_to) as income_age_months,
    (w.highest - w.lowest) * 1000 > greatest(abs(w.lowest), abs(w.highest)) * 200 as income_contradiction,
    w.window_to as income_as_of, trim('incomes ' || w.source) as income_source
from newest join windows w using (household_no, ends)
left join windows b on b.household_no = newest.household_no and b.ends = newest.ends - 12;

-- step: extracts
-- (the driver reads every dataset into a table of its name: fate 0 linked, 1 unlinked, 2 outside, from 10 on quarantined)

-- step: pieces
-- A child's newest record counts, of one day the worst: 0 at school, 1 unsettled, 2 out.
create temp table school as
with said as (
    select member_no, day, case when status = '在读' then 0
        when status in ('辍学', '休学') then case when contains(coalesce(reason, ''), '健康') then 0 else 2 end
        when contains(coalesce(stage, ''), '初中') then 0 else 1 end as state
    from school_roll where fate = 0
),
newest as (
    select member_no, max(nth(day) * 10 + state) as packed, max(day) filter (state < 2) as good_until from said group by all
),
standing as (
    select member_no, min(day) as broken_since from said join newest using (member_no)
    where state = 2 and packed % 10 = 2 and (good_until is null or day >= good_until) group by all
),
children as (
    select household_no, member_no, birth_date is null as ageless,
        2020 - year(birth_date) - (month(birth_date) * 100 + day(birth_date) > 630)::int as age
    from people
),
states as (
    select household_no, packed // 10 as changed, broken_since,
        case when ageless or packed % 10 = 1 then null else packed % 10 = 2 end as is_out
    from children left join newest using (member_no) left join standing using (member_no)
    where ageless or age between 6 and 15
)
select household_no, case when bool_or(is_out) or count(is_out) = count(*) then count(*) filter (is_out) end as out_of_school,
    day_of(max(changed)) as out_of_school__as_of, min(broken_since) filter (is_out) as school_broken
from states group by all;

create temp table insurance as
with absent as (
    select household_no, since,
        (coalesce(name in (select stranger from medical_insurance where stranger is not null), false)
            or member_no in (select member_no from medical_insurance where fate >= 10 and member_no is not null))
            and member_no not in (select member_no from medical_insurance where fate = 0) as doubtful
    from people anti join (
        select member_no from medical_insurance where fate = 0 and insured and coalesce(year, 2020) >= 2020
    ) using (member_no)
)
select household_no,
    case when not bool_and(doubtful) or not bool_or(doubtful) then count(*) filter (not doubtful) end as uninsured_members,
    case when not bool_and(doubtful) then greatest(date '2020-01-01', min(since) filter (not doubtful)) end
        as insurance_broken
from absent group by all;

create temp table labour as
with unable as (select distinct member_no from accidents where fate = 0 and days_off > date '2020-06-30' - day),
able as (
    select household_no, is_head, case when at_school or member_no in (from unable) then 0 else halves end as halves
    from people
)
select household_no, count(*) as members, case when count(halves) = count(*) then sum(halves)::bigint end as labour_units,
    bool_or(is_head) as has_head
from able group by all;

create temp table work as
with said as (
    select member_no, max(refused_jobs + refused_training) as refused,
        max(case when status != 'idle' or idle_since > date '2020-06-30' then 0
            else months_since(idle_since) end) as idle
    from employment where fate = 0 group by all
),
able as (select household_no, refused, idle from people left join said using (member_no) where halves > 0 and not at_school)
select household_no, case when count(refused) = count(*) then sum(refused)::bigint end as refusals,
    case when count(idle) = count(*) then max(idle)::bigint end as idle_months
from able group by all;

create temp table homes as
with rows as (select household_no, day, case grade when 'A' then 1 when 'B' then 2 when 'C' then 3 else 4 end as rank
    from housing where fate = 0),
newest as (select household_no, max(nth(day) * 10 + rank) as packed, max(day) filter (rank < 3) as good_until,
    bool_or(rank > 2) as was_bad from rows group by all),
standing as (
    select household_no, min(day) as housing_broken from rows join newest using (household_no)
    where was_bad and rank > 2 and (good_until is null or day >= good_until) group by all
)
select household_no, substr('ABCD', (packed % 10)::int, 1) as housing_grade, day_of(packed // 10) as housing_grade__as_of,
    housing_broken
from newest left join standing using (household_no);

create temp table springs as
with rows as (select area_code, day, not (clean and radius <= 1000) as broken from water where fate = 0),
newest as (select area_code, max(nth(day) * 10 + broken::int) as packed, max(day) filter (not broken) as good_until
    from rows group by all),
standing as (
    select area_code, min(day) as water_broken from rows join newest using (area_code)
    where broken and (good_until is null or day >= good_until) group by all
)
select area_code, packed % 10 = 0 as water_safe, day_of(packed // 10) as water_safe__as_of, water_broken
from newest left join standing using (area_code);

-- Who is a main earner: the head if able, else the eldest able; then whether the earner is among those lost.
create temp table earners as
with lost as (
    select household_no, key, max(day) as day from vital_events join linkable using (member_no, household_no)
    where fate = 0 and event in ('死亡', '服刑', '强戒') group by all
),
able as (
    select household_no, key, row_number() over (
        partition by household_no order by is_head and until is not null desc, is_head desc, birth_date, member_no) as place
    from members where coalesce(active or until > date '2019-07-01', false) and halves = 2 and key is not null
        and household_no in (select household_no from lost)
)
select household_no, max(day) as earner_lost__as_of
from lost join able using (household_no, key) where place = 1 group by all;

create temp table injured as
select household_no, count(distinct member_no) as labour_lost, max(day) as labour_lost__as_of
from accidents where fate = 0 and days_off >= 30 group by all;
create temp table ill as
select household_no, list_sort(list(distinct illness)) as illnesses from serious_illness where fate = 0 group by all;
create temp table disabled as
select household_no, min(grade)::bigint as disability_grade_new, max(day) as disability_grade_new__as_of
from disability_cards where fate = 0 and act in ('新办', '升级') group by all;

-- A roll row that links to nobody may be anybody of that name who has no row, and a faulty one may say anything of its
-- person: "?" stands for it.
create macro doubtful_homes(roll) as table
select distinct household_no from people
where (name in (select stranger from query_table(roll) where stranger is not null)
        or member_no in (select member_no from query_table(roll) where fate >= 10 and member_no is not null))
    and not member_no in (select member_no from query_table(roll) where fate = 0);
create temp table supported as
select household_no, list_sort(list(distinct support)) as support from (
    select household_no, support from social_assistance where fate = 0
    union all select household_no, '?' from doubtful_homes('social_assistance')
) group by all;
create temp table assets as
select household_no, list_sort(list(distinct flag)) as asset_flags from (
    select household_no, 'vehicles' as flag from vehicles where fate = 0
    union all select household_no, 'companies' from companies where fate = 0
    union all select household_no, 'real_estate' from real_estate where fate = 0
    union all select household_no, 'public_payroll' from public_payroll where fate = 0
    union all select household_no, '?' from doubtful_homes('vehicles')
    union all select household_no, '?' from doubtful_homes('companies')
    union all select household_no, '?' from doubtful_homes('real_estate')
    union all select household_no, '?' from doubtful_homes('public_payroll')
) group by all;
create temp table debts as
with known as (select household_no, max(days)::bigint as days from loans where fate = 0 group by all),
doubtful as (select household_no, true as doubt from doubtful_homes('loans'))
select household_no, case when doubt and coalesce(days, 0) = 0 then null else coalesce(days, 0) end as overdue_days
from known full join doubtful using (household_no);

-- What visits verified: of each household and fact the newest, of one day the highest.
create temp table verified as
select household_no, fact, max(number) as number, max(word) as word, any_value(seen) as seen,
    'visits ' || strftime(any_value(recorded), '%Y-%m') as source
from (
    select *, rank() over (partition by household_no, fact order by seen desc, recorded desc) as age
    from visits where fate = 0 and (fact != 'expected_spending' or seen > date '2019-12-30')
) where age = 1 group by household_no, fact;

-- step: facts
-- Sources are few: as an enumeration they cost next to nothing to write.
create type origin as enum (select distinct * from (
    {sources} union all select source from verified union all select income_source from incomes));
alter table incomes alter income_source type origin;
create temp table visited as select household_no, {verified_columns} from verified group by household_no;
copy (
    select household_no, household_id, area_code, {fact_columns}, {contradictions} as contradictions, illnesses
    from households h
    left join labour using (household_no) left join incomes using (household_no) left join school using (household_no)
    left join insurance using (household_no) left join homes using (household_no) left join springs using (area_code)
    left join work using (household_no) left join earners using (household_no) left join injured using (household_no)
    left join disabled using (household_no) left join supported using (household_no) left join assets using (household_no)
    left join debts using (household_no) left join medical using (household_no) left join claims using (household_no)
    left join fees using (household_no) left join disasters using (household_no) left join mishaps using (household_no)
    left join ill using (household_no) left join visited v using (household_no)
) to '{out}/facts.parquet' (compression zstd);

-- step: verdicts
create temp table decided as
with known as (
    select household_no, household_id, area_code, register, members, labour_units, support, asset_flags, net_income_before,
        insurance_claims, labour_lost, earner_lost, guarantee_days, guarantee_unsolved, disability_grade_new, overdue_days,
        income_contradiction, has_head,
        case when income_age_months > 12 then null else net_income end as income,
        coalesce(rigid_spending, medical_spending + school_spending + disaster_loss + accident_spending) as rigid,
        rigid - insurance_claims + expected_spending as burden,
        case when register in ('exited', 'registered') then 500000 when register = 'general' then 2000000 end as allowed,
        out_of_school > 0 or uninsured_members > 0 or housing_grade in ('C', 'D') or not water_safe or not fed_and_clothed
            as broken
    from '{out}/facts.parquet'
),
measured as (
    select *, case when members > 0 then income + insurance_claims - rigid end < 600000 * members as below,
        case when list_contains(support, '特困') then true when list_contains(support, '?') then null
            when support is not null then false end as destitute
    from known
),
ruled as (
    select *, case when members > 0 then income end < 400000 * members as fallen_poor,
        broken and guarantee_days > 30 and guarantee_unsolved as guarantee_gap,
        (labour_units = 0 or destitute) and below as no_labour,
        burden > 0 and (burden >= allowed or burden * 10 >= income * 3)
            or net_income_before > 0 and income * 10 <= net_income_before * 7
            or labour_lost > 0 or earner_lost as sudden_hardship,
        labour_units > 0 and below as below_line
    from measured
),
levelled as (
    select *, case when fallen_poor or guarantee_gap then 1 when no_labour then 2 when sudden_hardship then 3
        when below_line then 4
        when not below and not broken and not fallen_poor and not guarantee_gap and not no_labour
            and not sudden_hardship and not below_line then 5 end as level,
        list_filter([
            case when burden * 2 >= allowed then 'burden-half-limit' end,
            case when disability_grade_new > 0 and disability_grade_new <= 2 then 'new-severe-disability' end,
            case when broken then 'guarantee-broken' end, case when overdue_days > 0 then 'loan-overdue' end,
            case when income_contradiction then 'income-contradiction' end, case when members = 0 then 'no-member' end,
            case when not has_head then 'no-head' end
        ], lambda s: s is not null) as signs
    from ruled
)
select household_no, household_id, area_code, register, members::int as members, level,
    case when level is not null then 'graded'
        when len(signs) > 0 or register in ('exited', 'registered') then 'unverified' else 'unassessed' end as status,
    signs,
    case when register = 'exited' and below then '脱贫不稳定户' when register = 'general' and below then '边缘易致贫户' end
        as national_type,
    case when level > 1 then list_filter([
        case when fallen_poor is null then 'fallen-poor' end, case when guarantee_gap is null then 'guarantee-gap' end,
        case when level > 2 and no_labour is null then 'no-labour' end,
        case when level > 3 and sudden_hardship is null then 'sudden-hardship' end,
        case when level > 4 and below_line is null then 'below-line' end
    ], lambda r: r is not null) else [] end as could_be_worse,
    asset_flags, fallen_poor, guarantee_gap, no_labour, sudden_hardship, below_line, broken
from levelled;

create macro yuan(fen) as case when fen < 0 then '-' else '' end || abs(fen) // 100 || '.'
    || lpad((abs(fen) % 100)::varchar, 2, '0');
create macro each(fen, people) as (fen - (fen % people + people) % people) // people;
create macro halved(n) as case when n < 0 then '-' else '' end || abs(n) // 2 || case when n % 2 = 0 then '' else '.5' end;
create macro said(claim) as case when claim then 'yes' when not claim then 'no' end;
create macro used(fact, value, unit, as_of, source) as
    struct_pack(fact := fact, value := value::varchar, unit := unit, as_of := as_of::date, source := source);
create temp table evidence as
with warned as (
    select f.*, d.fallen_poor, d.guarantee_gap, d.no_labour, d.sudden_hardship, d.below_line, d.broken,
        case when income_age_months > 12 then null else net_income end as income,
        coalesce(rigid_spending, medical_spending + school_spending + disaster_loss + accident_spending) as rigid,
        least(income_age_months__as_of, net_income__as_of) as income_date,
        least(rigid_spending__as_of, medical_spending__as_of, school_spending__as_of, disaster_loss__as_of,
            accident_spending__as_of) as rigid_date,
        least(income_date, members__as_of) as each_date, least(each_date, insurance_claims__as_of, rigid_date) as reference_date
    from '{out}/facts.parquet' f join decided d using (household_no) where d.level < 5
),
valued as (
    select *,
        [used('current_income', yuan(income), '元', income_date, 'computed'),
         used('income_age_months', income_age_months, '月', income_age_months__as_of, income_age_months__source),
         used('net_income', yuan(net_income), '元', net_income__as_of, net_income__source)] as incomes,
        [used('rigid_spending_total', yuan(rigid), '元', rigid_date, 'computed'),
         used('rigid_spending', yuan(rigid_spending), '元', rigid_spending__as_of, rigid_spending__source),
         used('medical_spending', yuan(medical_spending), '元', medical_spending__as_of, medical_spending__source),
         used('school_spending', yuan(school_spending), '元', school_spending__as_of, school_spending__source),
         used('disaster_loss', yuan(disaster_loss), '元', disaster_loss__as_of, disaster_loss__source),
         used('accident_spending', yuan(accident_spending), '元', accident_spending__as_of, accident_spending__source)
        ] as spending,
        used('insurance_claims', yuan(insurance_claims), '元', insurance_claims__as_of, insurance_claims__source) as claims,
        used('members', members, '人', members__as_of, members__source) as people,
        used('labour_units', halved(labour_units), '人', labour_units__as_of, labour_units__source) as hands,
        used('reference_income', yuan(case when members > 0 then each(income + insurance_claims - rigid, members) end),
            '元/人', reference_date, 'computed') as reference,
        used('monitoring_line', '6000.00', '元/人', null, 'computed') as line
    from warned
)
select household_no, list_filter([
    case when fallen_poor then struct_pack(rule := 'fallen-poor', level := 1, "values" :=
        [used('income_per_person', yuan(case when members > 0 then each(income, members) end), '元/人', each_date,
            'computed')] || incomes || [people]) end,
    case when guarantee_gap then struct_pack(rule := 'guarantee-gap', level := 1, "values" := [
        used('guarantee_broken', said(broken), '', least(out_of_school__as_of, uninsured_members__as_of,
            housing_grade__as_of, water_safe__as_of, fed_and_clothed__as_of), 'computed'),
        used('out_of_school', out_of_school, '人', out_of_school__as_of, out_of_school__source),
        used('uninsured_members', uninsured_members, '人', uninsured_members__as_of, uninsured_members__source),
        used('housing_grade', housing_grade, '', housing_grade__as_of, housing_grade__source),
        used('water_safe', said(water_safe), '', water_safe__as_of, water_safe__source),
        used('fed_and_clothed', said(fed_and_clothed), '', fed_and_clothed__as_of, fed_and_clothed__source),
        used('guarantee_days', guarantee_days, '天', guarantee_days__as_of, guarantee_days__source),
        used('guarantee_unsolved', said(guarantee_unsolved), '', guarantee_unsolved__as_of, guarantee_unsolved__source)
    ]) end,
    case when no_labour then struct_pack(rule := 'no-labour', level := 2, "values" :=
        [hands, used('support', case when len(support) > 0 then list_aggregate(support, 'string_agg', '、')
            when support is not null then '' end, '', support__as_of, support__source), reference]
        || incomes || [claims] || spending || [people, line]) end,
    case when sudden_hardship then struct_pack(rule := 'sudden-hardship', level := 3, "values" :=
        [used('burden', yuan(rigid - insurance_claims + expected_spending), '元',
            least(rigid_date, insurance_claims__as_of, expected_spending__as_of), 'computed')] || spending || [claims,
        used('expected_spending', yuan(expected_spending), '元', expected_spending__as_of, expected_spending__source),
        used('burden_limit', case when register in ('exited', 'registered') then '5000.00' when register = 'general'
            then '20000.00' end, '元', register__as_of, 'computed'),
        used('register', register, '', register__as_of, register__source)] || incomes || [
        used('net_income_before', yuan(net_income_before), '元', net_income_before__as_of, net_income_before__source),
        used('labour_lost', labour_lost, '人', labour_lost__as_of, labour_lost__source),
        used('earner_lost', said(earner_lost), '', earner_lost__as_of, earner_lost__source)]) end,
    case when below_line then struct_pack(rule := 'below-line', level := 4, "values" :=
        [hands, reference] || incomes || [claims] || spending || [people, line,
        used('refusals', refusals, '次', refusals__as_of, refusals__source),
        used('idle_months', idle_months, '月', idle_months__as_of, idle_months__source)]) end
], lambda r: r is not null) as reasons
from valued;

copy (
    select household_id, area_code, register, members, level, status, signs, national_type,
        coalesce(reasons, []) as reasons, could_be_worse, asset_flags
    from decided left join evidence using (household_no)
) to '{out}/verdicts.parquet' (compression zstd);
