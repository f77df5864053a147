-- The functions of queries for PostgreSQL, in the connection's own temporary schema: gone with the connection.
-- Names tell the types as in sqlexprs.py: b Boolean, l Long, d Decimal, a Date, t Time, i DateTime, s text; the last
-- letter is the result. Values are stored as in columns.py. A fault is raised as `kind:detail`, see connection.py.

CREATE TEMP TABLE nasl_zone (at bigint PRIMARY KEY, wall0 bigint NOT NULL, wall1 bigint NOT NULL, shift bigint NOT NULL);
CREATE TEMP TABLE nasl_case (ch text COLLATE "C" PRIMARY KEY, lo text COLLATE "C", up text COLLATE "C");

-- Long

CREATE FUNCTION pg_temp.nasl_long(v numeric) RETURNS bigint IMMUTABLE STRICT LANGUAGE plpgsql AS $$
BEGIN
  IF abs(v) > 9223372036854775807 THEN RAISE EXCEPTION 'long:' USING ERRCODE = 'NA000'; END IF;
  RETURN v::bigint;
END $$;
CREATE FUNCTION pg_temp.nasl_plus_ll_l(a bigint, b bigint) RETURNS bigint IMMUTABLE STRICT LANGUAGE sql
  AS 'SELECT pg_temp.nasl_long(a::numeric + b::numeric)';
CREATE FUNCTION pg_temp.nasl_minus_ll_l(a bigint, b bigint) RETURNS bigint IMMUTABLE STRICT LANGUAGE sql
  AS 'SELECT pg_temp.nasl_long(a::numeric - b::numeric)';
CREATE FUNCTION pg_temp.nasl_times_ll_l(a bigint, b bigint) RETURNS bigint IMMUTABLE STRICT LANGUAGE sql
  AS 'SELECT pg_temp.nasl_long(a::numeric * b::numeric)';
CREATE FUNCTION pg_temp.nasl_remainder_ll_l(a bigint, b bigint) RETURNS bigint IMMUTABLE STRICT LANGUAGE plpgsql AS $$
BEGIN
  IF b = 0 THEN RAISE EXCEPTION 'remainder:' USING ERRCODE = 'NA000'; END IF;
  RETURN a % b;
END $$;

-- Decimal: a text that sorts as the number does

CREATE FUNCTION pg_temp.nasl_dec(s text) RETURNS numeric IMMUTABLE STRICT LANGUAGE plpgsql AS $$
DECLARE body text; minus text := '';
BEGIN
  IF s = '1' THEN RETURN 0; END IF;
  IF left(s, 1) = '0' THEN
    minus := '-';
    body := translate(substr(s, 2, length(s) - 2), '0123456789', '9876543210');
  ELSE
    body := substr(s, 2);
  END IF;
  RETURN (minus || substr(body, 8) || 'e' || (left(body, 7)::int - 5000000 - length(body) + 8))::numeric;
EXCEPTION WHEN numeric_value_out_of_range OR invalid_text_representation THEN
  RAISE EXCEPTION 'digits:' USING ERRCODE = 'NA000';
END $$;
CREATE FUNCTION pg_temp.nasl_enc(v numeric) RETURNS text IMMUTABLE STRICT LANGUAGE plpgsql AS $$
DECLARE plain text; whole text; part text; digits text; body text; e int;
BEGIN
  IF v = 0 THEN RETURN '1'; END IF;
  plain := trim_scale(abs(v))::text;
  whole := split_part(plain, '.', 1);
  part := split_part(plain, '.', 2);
  IF whole <> '0' THEN
    e := length(whole) - 1;
    digits := rtrim(whole || part, '0');
  ELSE
    digits := ltrim(part, '0');
    e := length(digits) - length(part) - 1;
  END IF;
  IF length(digits) > 4000 OR e > 8000 THEN RAISE EXCEPTION 'digits:' USING ERRCODE = 'NA000'; END IF;
  body := lpad((e + 5000000)::text, 7, '0') || digits;
  RETURN CASE WHEN v < 0 THEN '0' || translate(body, '0123456789', '9876543210') || '~' ELSE '2' || body END;
END $$;
CREATE FUNCTION pg_temp.nasl_quotient(a numeric, b numeric) RETURNS numeric IMMUTABLE STRICT LANGUAGE plpgsql AS $$
DECLARE x numeric := abs(a); y numeric := abs(b); k int; q numeric; r numeric;
BEGIN
  IF b = 0 THEN RAISE EXCEPTION 'divide:' USING ERRCODE = 'NA000'; END IF;
  IF a = 0 THEN RETURN 0; END IF;
  -- x / y has its first digit at 10^k; twenty digits are kept, rounded half up
  k := left(substr(pg_temp.nasl_enc(x), 2), 7)::int - left(substr(pg_temp.nasl_enc(y), 2), 7)::int;
  IF x < y * ('1e' || k)::numeric THEN k := k - 1; END IF;
  IF k <= 19 THEN x := x * ('1e' || (19 - k))::numeric; ELSE y := y * ('1e' || (k - 19))::numeric; END IF;
  q := div(x, y);
  r := x - q * y;
  IF 2 * r >= y THEN q := q + 1; END IF;
  RETURN sign(a) * sign(b) * q * ('1e' || (k - 19))::numeric;
END $$;
CREATE FUNCTION pg_temp.nasl_plus_dd_d(a text, b text) RETURNS text IMMUTABLE STRICT LANGUAGE sql
  AS 'SELECT pg_temp.nasl_enc(pg_temp.nasl_dec(a) + pg_temp.nasl_dec(b))';
CREATE FUNCTION pg_temp.nasl_minus_dd_d(a text, b text) RETURNS text IMMUTABLE STRICT LANGUAGE sql
  AS 'SELECT pg_temp.nasl_enc(pg_temp.nasl_dec(a) - pg_temp.nasl_dec(b))';
CREATE FUNCTION pg_temp.nasl_times_dd_d(a text, b text) RETURNS text IMMUTABLE STRICT LANGUAGE sql
  AS 'SELECT pg_temp.nasl_enc(pg_temp.nasl_dec(a) * pg_temp.nasl_dec(b))';
CREATE FUNCTION pg_temp.nasl_divide_dd_d(a text, b text) RETURNS text IMMUTABLE STRICT LANGUAGE sql
  AS 'SELECT pg_temp.nasl_enc(pg_temp.nasl_quotient(pg_temp.nasl_dec(a), pg_temp.nasl_dec(b)))';
CREATE FUNCTION pg_temp.nasl_remainder_dd_d(a text, b text) RETURNS text IMMUTABLE STRICT LANGUAGE plpgsql AS $$
BEGIN
  IF b = '1' THEN RAISE EXCEPTION 'remainder:' USING ERRCODE = 'NA000'; END IF;
  RETURN pg_temp.nasl_enc(mod(pg_temp.nasl_dec(a), pg_temp.nasl_dec(b)));
END $$;
CREATE FUNCTION pg_temp.nasl_widen_l_d(a bigint) RETURNS text IMMUTABLE STRICT LANGUAGE sql
  AS 'SELECT pg_temp.nasl_enc(a::numeric)';
CREATE FUNCTION pg_temp.nasl_check_digits(v numeric, digits bigint) RETURNS int IMMUTABLE STRICT LANGUAGE plpgsql AS $$
DECLARE e int := CASE WHEN v = 0 THEN -8000 ELSE left(substr(pg_temp.nasl_enc(abs(v)), 2), 7)::int - 5000000 END;
BEGIN
  IF digits > 11999 OR digits < -8000 OR (v <> 0 AND e + 1 + digits > 4000) THEN
    RAISE EXCEPTION 'round:%', digits USING ERRCODE = 'NA000';
  END IF;
  RETURN digits::int;
END $$;
CREATE FUNCTION pg_temp.nasl_round_dl_d(a text, digits bigint) RETURNS text IMMUTABLE STRICT LANGUAGE sql AS
  'SELECT pg_temp.nasl_enc(round(pg_temp.nasl_dec(a), pg_temp.nasl_check_digits(pg_temp.nasl_dec(a), digits)))';
CREATE FUNCTION pg_temp.nasl_round_d_d(a text) RETURNS text IMMUTABLE STRICT LANGUAGE sql AS
  'SELECT pg_temp.nasl_round_dl_d(a, 0)';
CREATE FUNCTION pg_temp.nasl_truncate_dl_d(a text, digits bigint) RETURNS text IMMUTABLE STRICT LANGUAGE sql AS
  'SELECT pg_temp.nasl_enc(trunc(pg_temp.nasl_dec(a), pg_temp.nasl_check_digits(pg_temp.nasl_dec(a), digits)))';

CREATE FUNCTION pg_temp.nasl_sum_step(total numeric, s text) RETURNS numeric IMMUTABLE LANGUAGE sql
  AS 'SELECT CASE WHEN s IS NULL THEN total ELSE coalesce(total, 0) + pg_temp.nasl_dec(s) END';
CREATE AGGREGATE pg_temp.nasl_sum(text) (SFUNC = pg_temp.nasl_sum_step, STYPE = numeric, FINALFUNC = pg_temp.nasl_enc);
CREATE FUNCTION pg_temp.nasl_avg_step(state numeric[], s text) RETURNS numeric[] IMMUTABLE LANGUAGE sql AS
  'SELECT CASE WHEN s IS NULL THEN state ELSE ARRAY[state[1] + pg_temp.nasl_dec(s), state[2] + 1] END';
CREATE FUNCTION pg_temp.nasl_avg_end(state numeric[]) RETURNS text IMMUTABLE LANGUAGE sql AS
  'SELECT CASE WHEN state[2] > 0 THEN pg_temp.nasl_enc(pg_temp.nasl_quotient(state[1], state[2])) END';
CREATE AGGREGATE pg_temp.nasl_avg(text)
  (SFUNC = pg_temp.nasl_avg_step, STYPE = numeric[], INITCOND = '{0,0}', FINALFUNC = pg_temp.nasl_avg_end);

-- Text

CREATE FUNCTION pg_temp.nasl_like_ss_b(a text, b text) RETURNS int IMMUTABLE STRICT LANGUAGE sql AS
  $$ SELECT (a LIKE '%' || regexp_replace(b, '\\(?![%_])', '\\\\', 'g') || '%')::int $$;
CREATE FUNCTION pg_temp.nasl_starts_with_ss_b(a text, b text) RETURNS int IMMUTABLE STRICT LANGUAGE sql
  AS 'SELECT (left(a, length(b)) = b)::int';
CREATE FUNCTION pg_temp.nasl_ends_with_ss_b(a text, b text) RETURNS int IMMUTABLE STRICT LANGUAGE sql
  AS 'SELECT (right(a, length(b)) = b)::int';
CREATE FUNCTION pg_temp.nasl_contains_ss_b(a text, b text) RETURNS int IMMUTABLE STRICT LANGUAGE sql
  AS 'SELECT (strpos(a, b) > 0)::int';
CREATE FUNCTION pg_temp.nasl_concat_ss_s(a text, b text) RETURNS text IMMUTABLE LANGUAGE sql
  AS $$ SELECT coalesce(a, '') || coalesce(b, '') $$;
CREATE FUNCTION pg_temp.nasl_lower_s_s(a text) RETURNS text STABLE STRICT LANGUAGE sql AS $$
  SELECT CASE WHEN octet_length(a) = length(a) THEN lower(a COLLATE "C") ELSE (
    SELECT string_agg(coalesce(c.lo, x.ch), '' ORDER BY x.n)
    FROM unnest(string_to_array(a, NULL)) WITH ORDINALITY x(ch, n) LEFT JOIN pg_temp.nasl_case c ON c.ch = x.ch) END $$;
CREATE FUNCTION pg_temp.nasl_upper_s_s(a text) RETURNS text STABLE STRICT LANGUAGE sql AS $$
  SELECT CASE WHEN octet_length(a) = length(a) THEN upper(a COLLATE "C") ELSE (
    SELECT string_agg(coalesce(c.up, x.ch), '' ORDER BY x.n)
    FROM unnest(string_to_array(a, NULL)) WITH ORDINALITY x(ch, n) LEFT JOIN pg_temp.nasl_case c ON c.ch = x.ch) END $$;
CREATE FUNCTION pg_temp.nasl_size(n bigint) RETURNS int IMMUTABLE STRICT LANGUAGE sql
  AS 'SELECT least(greatest(n, 0), 1000000000)::int';
CREATE FUNCTION pg_temp.nasl_substr_sll_s(a text, start bigint, n bigint) RETURNS text IMMUTABLE STRICT LANGUAGE plpgsql AS $$
DECLARE first numeric := CASE WHEN start > 0 THEN start::numeric - 1 ELSE length(a) + start::numeric END;
BEGIN
  IF start = 0 OR n <= 0 OR first < 0 OR first >= length(a) THEN RETURN ''; END IF;
  RETURN substr(a, first::int + 1, pg_temp.nasl_size(n));
END $$;
CREATE FUNCTION pg_temp.nasl_replace_sss_s(a text, b text, c text) RETURNS text IMMUTABLE STRICT LANGUAGE sql
  AS 'SELECT replace(a, b, c)';
CREATE FUNCTION pg_temp.nasl_left_sl_s(a text, n bigint) RETURNS text IMMUTABLE STRICT LANGUAGE sql
  AS 'SELECT left(a, pg_temp.nasl_size(n))';
CREATE FUNCTION pg_temp.nasl_right_sl_s(a text, n bigint) RETURNS text IMMUTABLE STRICT LANGUAGE sql
  AS 'SELECT right(a, pg_temp.nasl_size(n))';
CREATE FUNCTION pg_temp.nasl_char_length_s_l(a text) RETURNS bigint IMMUTABLE STRICT LANGUAGE sql
  AS 'SELECT length(a)::bigint';
CREATE FUNCTION pg_temp.nasl_length_s_l(a text) RETURNS bigint IMMUTABLE STRICT LANGUAGE sql
  AS 'SELECT octet_length(a)::bigint';
CREATE FUNCTION pg_temp.nasl_ascii_s_l(a text) RETURNS bigint IMMUTABLE STRICT LANGUAGE sql
  AS 'SELECT ascii(a)::bigint';

-- Dates: an instant is microseconds since 1970 in UTC, its wall clock the same in the zone of the app

CREATE FUNCTION pg_temp.nasl_in_range(us numeric) RETURNS bigint IMMUTABLE STRICT LANGUAGE plpgsql AS $$
BEGIN
  IF us < -62135596800000000 OR us > 253402300799999999 THEN RAISE EXCEPTION 'date:' USING ERRCODE = 'NA000'; END IF;
  RETURN us::bigint;
END $$;
CREATE FUNCTION pg_temp.nasl_local(i bigint) RETURNS bigint STABLE STRICT LANGUAGE sql AS
  'SELECT pg_temp.nasl_in_range(i + shift) FROM pg_temp.nasl_zone WHERE at <= i ORDER BY at DESC LIMIT 1';
CREATE FUNCTION pg_temp.nasl_utc(wall bigint, fold int) RETURNS bigint STABLE STRICT LANGUAGE sql AS $$
  SELECT pg_temp.nasl_in_range(wall - shift) FROM pg_temp.nasl_zone
  WHERE CASE WHEN fold = 0 THEN wall0 ELSE wall1 END <= wall ORDER BY at DESC LIMIT 1 $$;
CREATE FUNCTION pg_temp.nasl_clock(wall bigint) RETURNS bigint IMMUTABLE STRICT LANGUAGE sql
  AS 'SELECT ((wall % 86400000000) + 86400000000) % 86400000000';
CREATE FUNCTION pg_temp.nasl_day_of(wall bigint) RETURNS date IMMUTABLE STRICT LANGUAGE sql AS
  $$ SELECT date '1970-01-01' + ((wall - pg_temp.nasl_clock(wall)) / 86400000000)::int $$;
CREATE FUNCTION pg_temp.nasl_wall(d date, clock bigint) RETURNS bigint IMMUTABLE STRICT LANGUAGE sql AS
  $$ SELECT (d - date '1970-01-01')::bigint * 86400000000 + clock $$;
CREATE FUNCTION pg_temp.nasl_day(i bigint) RETURNS date STABLE STRICT LANGUAGE sql
  AS 'SELECT pg_temp.nasl_day_of(pg_temp.nasl_local(i))';
CREATE FUNCTION pg_temp.nasl_iso(d date) RETURNS text IMMUTABLE STRICT LANGUAGE sql AS
  $$ SELECT lpad(extract(year from d)::text, 4, '0') || to_char(d, '-MM-DD') $$;
CREATE FUNCTION pg_temp.nasl_date_i_a(i bigint) RETURNS text STABLE STRICT LANGUAGE sql
  AS 'SELECT pg_temp.nasl_iso(pg_temp.nasl_day(i))';
CREATE FUNCTION pg_temp.nasl_date_a_a(a text) RETURNS text IMMUTABLE STRICT LANGUAGE sql AS 'SELECT a';
CREATE FUNCTION pg_temp.nasl_year_a_l(a text) RETURNS bigint IMMUTABLE STRICT LANGUAGE sql
  AS 'SELECT left(a, 4)::bigint';
CREATE FUNCTION pg_temp.nasl_month_a_l(a text) RETURNS bigint IMMUTABLE STRICT LANGUAGE sql
  AS 'SELECT substr(a, 6, 2)::bigint';
CREATE FUNCTION pg_temp.nasl_day_a_l(a text) RETURNS bigint IMMUTABLE STRICT LANGUAGE sql
  AS 'SELECT substr(a, 9, 2)::bigint';
CREATE FUNCTION pg_temp.nasl_quarter_a_l(a text) RETURNS bigint IMMUTABLE STRICT LANGUAGE sql
  AS 'SELECT (substr(a, 6, 2)::bigint + 2) / 3';
CREATE FUNCTION pg_temp.nasl_to_days_a_l(a text) RETURNS bigint IMMUTABLE STRICT LANGUAGE sql
  AS $$ SELECT (a::date - date '0001-01-01')::bigint + 366 $$;
CREATE FUNCTION pg_temp.nasl_year_i_l(i bigint) RETURNS bigint STABLE STRICT LANGUAGE sql
  AS 'SELECT pg_temp.nasl_year_a_l(pg_temp.nasl_date_i_a(i))';
CREATE FUNCTION pg_temp.nasl_month_i_l(i bigint) RETURNS bigint STABLE STRICT LANGUAGE sql
  AS 'SELECT pg_temp.nasl_month_a_l(pg_temp.nasl_date_i_a(i))';
CREATE FUNCTION pg_temp.nasl_day_i_l(i bigint) RETURNS bigint STABLE STRICT LANGUAGE sql
  AS 'SELECT pg_temp.nasl_day_a_l(pg_temp.nasl_date_i_a(i))';
CREATE FUNCTION pg_temp.nasl_quarter_i_l(i bigint) RETURNS bigint STABLE STRICT LANGUAGE sql
  AS 'SELECT pg_temp.nasl_quarter_a_l(pg_temp.nasl_date_i_a(i))';
CREATE FUNCTION pg_temp.nasl_to_days_i_l(i bigint) RETURNS bigint STABLE STRICT LANGUAGE sql
  AS 'SELECT pg_temp.nasl_to_days_a_l(pg_temp.nasl_date_i_a(i))';
CREATE FUNCTION pg_temp.nasl_hour_i_l(i bigint) RETURNS bigint STABLE STRICT LANGUAGE sql
  AS 'SELECT pg_temp.nasl_clock(pg_temp.nasl_local(i)) / 3600000000';
CREATE FUNCTION pg_temp.nasl_minute_i_l(i bigint) RETURNS bigint STABLE STRICT LANGUAGE sql
  AS 'SELECT pg_temp.nasl_clock(pg_temp.nasl_local(i)) / 60000000 % 60';
CREATE FUNCTION pg_temp.nasl_hour_t_l(t text) RETURNS bigint IMMUTABLE STRICT LANGUAGE sql
  AS 'SELECT left(t, 2)::bigint';
CREATE FUNCTION pg_temp.nasl_minute_t_l(t text) RETURNS bigint IMMUTABLE STRICT LANGUAGE sql
  AS 'SELECT substr(t, 4, 2)::bigint';

CREATE FUNCTION pg_temp.nasl_seconds(unit text) RETURNS int IMMUTABLE LANGUAGE sql AS
  $$ SELECT CASE unit WHEN 'second' THEN 1 WHEN 'minute' THEN 60 WHEN 'hour' THEN 3600 WHEN 'day' THEN 86400
     WHEN 'week' THEN 604800 END $$;
CREATE FUNCTION pg_temp.nasl_months(unit text) RETURNS int IMMUTABLE LANGUAGE sql
  AS $$ SELECT CASE unit WHEN 'month' THEN 1 WHEN 'quarter' THEN 3 WHEN 'year' THEN 12 END $$;
CREATE FUNCTION pg_temp.nasl_later(d date, months numeric) RETURNS date IMMUTABLE STRICT LANGUAGE plpgsql AS $$
DECLARE total numeric := extract(year from d) * 12 + extract(month from d) - 1 + months; first date;
BEGIN
  IF total < 12 OR total >= 120000 THEN RAISE EXCEPTION 'date:' USING ERRCODE = 'NA000'; END IF;
  first := make_date(div(total, 12)::int, mod(total, 12)::int + 1, 1);
  RETURN first + least(extract(day from d)::int, extract(day from first + interval '1 month - 1 day')::int) - 1;
END $$;
CREATE FUNCTION pg_temp.nasl_add_a(a text, amount numeric, unit text) RETURNS text IMMUTABLE STRICT LANGUAGE plpgsql AS $$
DECLARE d date := a::date; days numeric;
BEGIN
  IF pg_temp.nasl_months(unit) IS NOT NULL THEN
    RETURN pg_temp.nasl_iso(pg_temp.nasl_later(d, amount * pg_temp.nasl_months(unit)));
  END IF;
  IF pg_temp.nasl_seconds(unit) IS NULL THEN RAISE EXCEPTION 'unit:%', unit USING ERRCODE = 'NA000'; END IF;
  days := floor(amount * pg_temp.nasl_seconds(unit) / 86400);
  PERFORM pg_temp.nasl_in_range(pg_temp.nasl_wall(d, 0) + days * 86400000000);
  RETURN pg_temp.nasl_iso(d + days::int);
END $$;
CREATE FUNCTION pg_temp.nasl_add_i(i bigint, amount numeric, unit text) RETURNS bigint STABLE STRICT LANGUAGE plpgsql AS $$
DECLARE wall bigint; fold int;
BEGIN
  IF pg_temp.nasl_months(unit) IS NOT NULL THEN
    wall := pg_temp.nasl_local(i);
    fold := (pg_temp.nasl_utc(wall, 0) <> i)::int;
    RETURN pg_temp.nasl_utc(pg_temp.nasl_wall(
      pg_temp.nasl_later(pg_temp.nasl_day_of(wall), amount * pg_temp.nasl_months(unit)), pg_temp.nasl_clock(wall)), fold);
  END IF;
  IF pg_temp.nasl_seconds(unit) IS NULL THEN RAISE EXCEPTION 'unit:%', unit USING ERRCODE = 'NA000'; END IF;
  RETURN pg_temp.nasl_in_range(i + amount * pg_temp.nasl_seconds(unit) * 1000000);
END $$;
CREATE FUNCTION pg_temp.nasl_date_add_als_a(a text, n bigint, u text) RETURNS text IMMUTABLE STRICT LANGUAGE sql
  AS 'SELECT pg_temp.nasl_add_a(a, n::numeric, u)';
CREATE FUNCTION pg_temp.nasl_date_sub_als_a(a text, n bigint, u text) RETURNS text IMMUTABLE STRICT LANGUAGE sql
  AS 'SELECT pg_temp.nasl_add_a(a, -n::numeric, u)';
CREATE FUNCTION pg_temp.nasl_date_add_ils_i(i bigint, n bigint, u text) RETURNS bigint STABLE STRICT LANGUAGE sql
  AS 'SELECT pg_temp.nasl_add_i(i, n::numeric, u)';
CREATE FUNCTION pg_temp.nasl_date_sub_ils_i(i bigint, n bigint, u text) RETURNS bigint STABLE STRICT LANGUAGE sql
  AS 'SELECT pg_temp.nasl_add_i(i, -n::numeric, u)';

CREATE FUNCTION pg_temp.nasl_two(n bigint) RETURNS text IMMUTABLE STRICT LANGUAGE sql
  AS $$ SELECT CASE WHEN n < 10 THEN '0' || n ELSE n::text END $$;
CREATE FUNCTION pg_temp.nasl_format(d date, clock bigint, form text) RETURNS text IMMUTABLE STRICT LANGUAGE plpgsql AS $$
DECLARE
  made text := ''; at int := 1; c text; hour bigint := clock / 3600000000; hour12 bigint := (clock / 3600000000 + 11) % 12 + 1;
  minute bigint := clock / 60000000 % 60; second bigint := clock / 1000000 % 60; week int := extract(dow from d)::int;
BEGIN
  WHILE at <= length(form) LOOP
    c := substr(form, at, 1);
    at := at + 1;
    IF c <> '%' OR at > length(form) THEN
      made := made || c;
    ELSE
      c := substr(form, at, 1);
      at := at + 1;
      made := made || CASE c
        WHEN 'Y' THEN lpad(extract(year from d)::text, 4, '0')
        WHEN 'y' THEN pg_temp.nasl_two((extract(year from d)::int % 100)::bigint)
        WHEN 'm' THEN to_char(d, 'MM')
        WHEN 'c' THEN extract(month from d)::text
        WHEN 'd' THEN to_char(d, 'DD')
        WHEN 'e' THEN extract(day from d)::text
        WHEN 'H' THEN pg_temp.nasl_two(hour)
        WHEN 'k' THEN hour::text
        WHEN 'h' THEN pg_temp.nasl_two(hour12)
        WHEN 'I' THEN pg_temp.nasl_two(hour12)
        WHEN 'l' THEN hour12::text
        WHEN 'i' THEN pg_temp.nasl_two(minute)
        WHEN 's' THEN pg_temp.nasl_two(second)
        WHEN 'S' THEN pg_temp.nasl_two(second)
        WHEN 'f' THEN lpad((clock % 1000000)::text, 6, '0')
        WHEN 'p' THEN CASE WHEN hour < 12 THEN 'AM' ELSE 'PM' END
        WHEN 'T' THEN pg_temp.nasl_two(hour) || ':' || pg_temp.nasl_two(minute) || ':' || pg_temp.nasl_two(second)
        WHEN 'r' THEN pg_temp.nasl_two(hour12) || ':' || pg_temp.nasl_two(minute) || ':' || pg_temp.nasl_two(second)
          || CASE WHEN hour < 12 THEN ' AM' ELSE ' PM' END
        WHEN 'j' THEN lpad(extract(doy from d)::text, 3, '0')
        WHEN 'M' THEN (ARRAY['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September',
          'October', 'November', 'December'])[extract(month from d)::int]
        WHEN 'b' THEN (ARRAY['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
          )[extract(month from d)::int]
        WHEN 'W' THEN (ARRAY['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'])[week + 1]
        WHEN 'a' THEN (ARRAY['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'])[week + 1]
        WHEN 'w' THEN week::text
        WHEN 'v' THEN pg_temp.nasl_two(extract(week from d)::bigint)
        WHEN 'u' THEN pg_temp.nasl_two(extract(week from d)::bigint)
        WHEN 'x' THEN lpad(CASE WHEN extract(isoyear from d) < 1 THEN 0 ELSE extract(isoyear from d) END::text, 4, '0')
        ELSE c END;
    END IF;
  END LOOP;
  RETURN made;
END $$;
CREATE FUNCTION pg_temp.nasl_date_format_as_s(a text, form text) RETURNS text IMMUTABLE STRICT LANGUAGE sql
  AS 'SELECT pg_temp.nasl_format(a::date, 0, form)';
CREATE FUNCTION pg_temp.nasl_date_format_is_s(i bigint, form text) RETURNS text STABLE STRICT LANGUAGE sql
  AS 'SELECT pg_temp.nasl_format(pg_temp.nasl_day(i), pg_temp.nasl_clock(pg_temp.nasl_local(i)), form)';

CREATE FUNCTION pg_temp.nasl_str_to_date_ss_i(a text, form text) RETURNS bigint STABLE STRICT LANGUAGE plpgsql AS $$
DECLARE
  pattern text := ''; seen text := ''; at int := 1; c text; part text; found text[];
  y int; m int; d int; h int := 0; i int := 0; s int := 0;
BEGIN
  WHILE at <= length(form) LOOP
    c := substr(form, at, 1);
    at := at + 1;
    part := '';
    IF c = '%' AND at <= length(form) THEN
      c := substr(form, at, 1);
      at := at + 1;
      part := CASE c WHEN 'Y' THEN 'Y' WHEN 'm' THEN 'm' WHEN 'c' THEN 'm' WHEN 'd' THEN 'd' WHEN 'e' THEN 'd'
        WHEN 'H' THEN 'H' WHEN 'k' THEN 'H' WHEN 'i' THEN 'i' WHEN 's' THEN 's' WHEN 'S' THEN 's' WHEN 'T' THEN 'His'
        ELSE '' END;
    END IF;
    IF part = '' THEN
      pattern := pattern || regexp_replace(c, '([][\\^$.|?*+(){}])', '\\\1');
    ELSIF seen ~ ('[' || part || ']') THEN
      RETURN NULL;
    ELSE
      seen := seen || part;
      pattern := pattern || CASE part WHEN 'Y' THEN '([0-9]{4})'
        WHEN 'His' THEN '([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})' ELSE '([0-9]{1,2})' END;
    END IF;
  END LOOP;
  IF NOT (seen ~ 'Y' AND seen ~ 'm' AND seen ~ 'd') THEN RETURN NULL; END IF;
  found := regexp_match(btrim(a, E' \t\n\r\f\v'), '^(?:' || pattern || ')$');
  IF found IS NULL THEN RETURN NULL; END IF;
  FOR at IN 1 .. length(seen) LOOP
    CASE substr(seen, at, 1) WHEN 'Y' THEN y := found[at]; WHEN 'm' THEN m := found[at]; WHEN 'd' THEN d := found[at];
      WHEN 'H' THEN h := found[at]; WHEN 'i' THEN i := found[at]; WHEN 's' THEN s := found[at]; END CASE;
  END LOOP;
  IF y < 1 OR h > 23 OR i > 59 OR s > 59 THEN RETURN NULL; END IF;
  RETURN pg_temp.nasl_utc(pg_temp.nasl_wall(make_date(y, m, d), (h * 3600 + i * 60 + s)::bigint * 1000000), 0);
EXCEPTION WHEN datetime_field_overflow OR SQLSTATE 'NA000' THEN
  RETURN NULL;
END $$;

-- A value joined to a text

CREATE FUNCTION pg_temp.nasl_text_b_s(b bigint) RETURNS text IMMUTABLE STRICT LANGUAGE sql
  AS $$ SELECT CASE WHEN b <> 0 THEN 'true' ELSE 'false' END $$;
CREATE FUNCTION pg_temp.nasl_text_l_s(l bigint) RETURNS text IMMUTABLE STRICT LANGUAGE sql AS 'SELECT l::text';
CREATE FUNCTION pg_temp.nasl_text_d_s(d text) RETURNS text IMMUTABLE STRICT LANGUAGE sql
  AS 'SELECT trim_scale(pg_temp.nasl_dec(d))::text';
CREATE FUNCTION pg_temp.nasl_text_a_s(a text) RETURNS text IMMUTABLE STRICT LANGUAGE sql AS 'SELECT a';
CREATE FUNCTION pg_temp.nasl_text_s_s(s text) RETURNS text IMMUTABLE STRICT LANGUAGE sql AS 'SELECT s';
CREATE FUNCTION pg_temp.nasl_text_t_s(t text) RETURNS text IMMUTABLE STRICT LANGUAGE sql AS 'SELECT left(t, 8)';
CREATE FUNCTION pg_temp.nasl_text_i_s(i bigint) RETURNS text STABLE STRICT LANGUAGE sql
  AS $$ SELECT pg_temp.nasl_date_format_is_s(i, '%Y-%m-%d %T') $$;
