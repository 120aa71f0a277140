-- The rule language's own functions, as DuckDB has them (see rulepack/functions.py for names and types).

-- A day there is not (29 February of most years, any day of the year 12345) is null instead of an error.
CREATE MACRO MAKE_DATE(y, m, d) AS CASE WHEN y BETWEEN 1 AND 9999 THEN TRY_CAST(printf('%04d-%02d-%02d',
    TRY_CAST(y AS BIGINT), TRY_CAST(m AS BIGINT), TRY_CAST(d AS BIGINT)) AS DATE) END;
CREATE MACRO DIVIDE(a, b) AS a / NULLIF(b, 0);
-- Half a cent of slack: sums of decimals are not exact in binary.
CREATE MACRO WITHIN(a, b, tolerance) AS ABS(a - b) <= tolerance + 0.005;
CREATE MACRO FULL_MATCH(x, pattern) AS regexp_full_match(x, pattern);
CREATE MACRO TO_INTEGER(x) AS CASE WHEN regexp_full_match(x, '-?\d{1,18}') THEN TRY_CAST(x AS BIGINT) END;
CREATE MACRO YEARS_BETWEEN(a, b) AS date_sub('year', a, b);
CREATE MACRO MONTHS_BETWEEN(a, b) AS date_sub('month', a, b);
CREATE MACRO DAYS_BETWEEN(a, b) AS date_sub('day', a, b);
-- A time of day as people write it, or as Excel keeps it: 9:30, 下午3点半, 15时20分, 1899-12-31 09:30:00, 0.3958.
CREATE MACRO clock_parts(x) AS regexp_extract(x, '^(?:\d{2,4}\D\d{1,2}\D\d{1,2}日?[ T]*)?'
    || '(凌晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚)? *(\d{1,2}) *[:：时点] *(半|\d{1,2})?分?'
    || '(?:[:：]?\d{1,2}(?:\.\d+)?秒?)? *([AaPp][Mm])?$', ['part', 'hour', 'minute', 'half']);
CREATE MACRO clock_shift(part, half, hour) AS CASE
    WHEN (part IN ('下午', '傍晚', '晚上', '晚') OR upper(half) = 'PM') AND hour < 12 THEN 12
    WHEN part = '中午' AND hour < 3 THEN 12
    WHEN (part = '凌晨' OR upper(half) = 'AM') AND hour = 12 THEN -12
    ELSE 0 END;
CREATE MACRO clock_minutes(part, hour, minute, half) AS CASE
    WHEN hour <= 23 AND minute <= 59 THEN (hour + clock_shift(part, half, hour)) * 60 + minute END;
CREATE MACRO MINUTE_OF_DAY(x) AS CASE
    WHEN regexp_full_match(x, '0?\.\d+') THEN CAST(round(TRY_CAST(x AS DOUBLE) * 1440) AS BIGINT)
    ELSE list_transform([clock_parts(x)], lambda t: clock_minutes(t.part, TRY_CAST(t.hour AS BIGINT),
        CASE t.minute WHEN '半' THEN 30 WHEN '' THEN 0 ELSE TRY_CAST(t.minute AS BIGINT) END, t.half))[1] END;
CREATE MACRO HAS(x, label) AS contains('、' || x || '、', '、' || label || '、');
CREATE MACRO listed(x) AS list_filter(regexp_split_to_array(x, '[、,，\x3B；/\s　]+'), lambda item: item <> '');
CREATE MACRO HAS_ANY(x, y) AS list_has_any(listed(x), listed(y));
CREATE MACRO ITEMS(x) AS len(listed(x));
CREATE MACRO MENTIONS(x, words) AS CASE WHEN x IS NOT NULL AND words IS NOT NULL
    THEN len(list_filter(listed(words), lambda word: contains(x, word))) > 0 END;
CREATE MACRO STAT_LIST(x) AS string_agg(DISTINCT x, '、' ORDER BY x);
CREATE MACRO STAT_LATEST(x, moment) AS arg_max(x, (moment IS NOT NULL, moment, x));

-- GB 11643: a check character over 17 digits, weights 2^(18-i) mod 11.
CREATE MACRO id_check_character(n) AS substring('10X98765432', CAST(1 + (
    (n // 10000000000000000) % 10 * 7 + (n // 1000000000000000) % 10 * 9 + (n // 100000000000000) % 10 * 10
    + (n // 10000000000000) % 10 * 5 + (n // 1000000000000) % 10 * 8 + (n // 100000000000) % 10 * 4
    + (n // 10000000000) % 10 * 2 + (n // 1000000000) % 10 * 1 + (n // 100000000) % 10 * 6
    + (n // 10000000) % 10 * 3 + (n // 1000000) % 10 * 7 + (n // 100000) % 10 * 9
    + (n // 10000) % 10 * 10 + (n // 1000) % 10 * 5 + (n // 100) % 10 * 8
    + (n // 10) % 10 * 4 + n % 10 * 2) % 11 AS BIGINT), 1);
-- The lambda binds n, which would otherwise be worked out once a digit.
CREATE MACRO id_check(digits) AS
    list_transform([TRY_CAST(digits AS BIGINT)], lambda n: id_check_character(n))[1];
CREATE MACRO id_day(digits) AS CASE WHEN left(digits, 4) > '0000' THEN TRY_CAST(
    left(digits, 4) || '-' || substring(digits, 5, 2) || '-' || substring(digits, 7, 2) AS DATE) END;
CREATE MACRO id_18(x) AS regexp_full_match(x, '\d{17}[\dX]');
CREATE MACRO id_15(x) AS regexp_full_match(x, '\d{15}');
-- A disability certificate number starts with the resident ID: 20 characters, 22 when reissued.
CREATE MACRO id_part(x) AS CASE WHEN length(x) IN (20, 22) THEN left(x, 18) ELSE x END;
CREATE MACRO id_valid_18(x) AS id_18(x) AND id_day(substring(x, 7, 8)) IS NOT NULL
    AND id_check(left(x, 17)) = right(x, 1);
CREATE MACRO id_valid_15(x) AS id_15(x) AND id_day('19' || substring(x, 7, 6)) IS NOT NULL;
CREATE MACRO id_upgraded(x) AS left(x, 6) || '19' || substring(x, 7)
    || id_check(left(x, 6) || '19' || substring(x, 7));
-- A lambda over a list of one binds its argument: written out, nested calls would repeat it many times over.
CREATE MACRO ID_VALID(x) AS list_transform([x], lambda v: CASE
    WHEN v IS NULL THEN NULL ELSE id_valid_18(v) OR id_valid_15(v) END)[1];
CREATE MACRO ID_KEY(x) AS list_transform([x], lambda v: CASE
    WHEN id_valid_18(id_part(v)) THEN id_part(v)
    WHEN id_valid_15(v) THEN id_upgraded(v) END)[1];
CREATE MACRO ID_BIRTH(x) AS list_transform([x], lambda v: CASE
    WHEN id_18(id_part(v)) THEN id_day(substring(v, 7, 8))
    WHEN id_15(v) THEN id_day('19' || substring(v, 7, 6)) END)[1];
CREATE MACRO ID_SEX(x) AS list_transform([x], lambda v: CASE
    WHEN id_18(id_part(v)) THEN CASE WHEN TRY_CAST(substring(v, 17, 1) AS INTEGER) % 2 = 1 THEN '男' ELSE '女' END
    WHEN id_15(v) THEN CASE WHEN TRY_CAST(right(v, 1) AS INTEGER) % 2 = 1 THEN '男' ELSE '女' END END)[1];

-- How many characters differ, place by place; hamming counts bytes, and refuses texts that have none or not
-- equally many.
CREATE MACRO characters_apart(a, b) AS CASE
    WHEN strlen(a) = length(a) AND strlen(b) = length(b) AND length(a) = length(b) AND a <> '' THEN hamming(a, b)
    ELSE len(list_filter(generate_series(1, greatest(length(a), length(b))),
        lambda i: substring(a, i, 1) <> substring(b, i, 1))) END;
-- Numbers that differ by a slip of the pen (engine/linking/near_numbers.py). Both tables have 行, 号, 键 (equal for the same
-- number) and 字 (its characters in order). Only numbers that share a block are compared: one digit different
-- leaves three of the four parts (region, year, day, serial) equal, two exchanged leave the same characters. Of the
-- second table, which should be the larger one, only what shares a block is kept.
CREATE MACRO characters_of(x) AS list_aggregate(list_sort(string_split(x, '')), 'string_agg', '');
CREATE MACRO without_equal(here, there) AS TABLE
    SELECT * FROM query_table(here) AS one
    WHERE NOT EXISTS (SELECT 1 FROM query_table(there) AS other WHERE other."键" = one."键");
CREATE MACRO in_parts(here, there) AS TABLE
    SELECT "行", "号", "字", left("号", 6) AS region, substring("号", 7, 4) AS born, substring("号", 11, 4) AS dated,
        substring("号", 15) AS serial
    FROM without_equal(here, there) WHERE length("号") = 18;
CREATE MACRO near_numbers(here, there) AS TABLE
    WITH ours AS MATERIALIZED (SELECT * FROM in_parts(here, there)),
        theirs AS MATERIALIZED (
            SELECT * FROM in_parts(there, here)
            WHERE (region, born, dated) IN (SELECT region, born, dated FROM ours)
                OR (region, born, serial) IN (SELECT region, born, serial FROM ours)
                OR (region, dated, serial) IN (SELECT region, dated, serial FROM ours)
                OR (born, dated, serial) IN (SELECT born, dated, serial FROM ours)
                OR "字" IN (SELECT "字" FROM ours))
    SELECT l."行" AS l, r."行" AS r FROM ours AS l JOIN theirs AS r USING (region, born, dated)
        WHERE characters_apart(l."号", r."号") = 1
    UNION SELECT l."行", r."行" FROM ours AS l JOIN theirs AS r USING (region, born, serial)
        WHERE characters_apart(l."号", r."号") = 1
    UNION SELECT l."行", r."行" FROM ours AS l JOIN theirs AS r USING (region, dated, serial)
        WHERE characters_apart(l."号", r."号") = 1
    UNION SELECT l."行", r."行" FROM ours AS l JOIN theirs AS r USING (born, dated, serial)
        WHERE characters_apart(l."号", r."号") = 1
    UNION SELECT l."行", r."行" FROM ours AS l JOIN theirs AS r USING ("字")
        WHERE characters_apart(l."号", r."号") = 2
    UNION SELECT l."行", r."行" FROM query_table(here) AS l JOIN query_table(there) AS r
        ON left(l."号", 6) || '19' || substring(l."号", 7) = left(r."号", 17)
        WHERE length(l."号") = 15 AND length(r."号") = 18
    UNION SELECT l."行", r."行" FROM query_table(here) AS l JOIN query_table(there) AS r
        ON left(r."号", 6) || '19' || substring(r."号", 7) = left(l."号", 17)
        WHERE length(r."号") = 15 AND length(l."号") = 18;
