-- The functions of queries for MariaDB, in the connection's own database; statements end with a line of `$$`.
-- Names tell the types as in sqlexprs.py: b Boolean, l Long, d Decimal, a Date, t Time, i DateTime, s text; the last
-- letter is the result. Values are stored as in columns.py. A fault is raised as `kind:detail`, see connection.py.
-- Decimals are computed as whole numbers of at most 65 digits beside a power of ten; more digits are a fault.

CREATE TABLE nasl_zone (at bigint PRIMARY KEY, wall0 bigint NOT NULL, wall1 bigint NOT NULL, shift bigint NOT NULL)
$$
CREATE TABLE nasl_case (ch varchar(1) PRIMARY KEY, lo varchar(9), up varchar(9))
$$
-- Long

CREATE FUNCTION nasl_long(v decimal(65,0)) RETURNS bigint DETERMINISTIC
BEGIN
  IF ABS(v) > 9223372036854775807 THEN SIGNAL SQLSTATE 'NA000' SET MESSAGE_TEXT = 'long:'; END IF;
  RETURN v;
END
$$
CREATE FUNCTION nasl_plus_ll_l(a bigint, b bigint) RETURNS bigint DETERMINISTIC
  RETURN nasl_long(CAST(a AS decimal(65,0)) + b)
$$
CREATE FUNCTION nasl_minus_ll_l(a bigint, b bigint) RETURNS bigint DETERMINISTIC
  RETURN nasl_long(CAST(a AS decimal(65,0)) - b)
$$
CREATE FUNCTION nasl_times_ll_l(a bigint, b bigint) RETURNS bigint DETERMINISTIC
  RETURN nasl_long(CAST(a AS decimal(65,0)) * b)
$$
CREATE FUNCTION nasl_remainder_ll_l(a bigint, b bigint) RETURNS bigint DETERMINISTIC
BEGIN
  IF a IS NOT NULL AND b = 0 THEN SIGNAL SQLSTATE 'NA000' SET MESSAGE_TEXT = 'remainder:'; END IF;
  RETURN a MOD b;
END
$$
-- Decimal: a text that sorts as the number does

CREATE FUNCTION nasl_flip(s longtext) RETURNS longtext DETERMINISTIC
  RETURN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
    REPLACE(s, '0', 'x'), '9', '0'), 'x', '9'), '1', 'x'), '8', '1'), 'x', '8'), '2', 'x'), '7', '2'), 'x', '7'),
    '3', 'x'), '6', '3'), 'x', '6'), '4', 'x'), '5', '4'), 'x', '5')
$$
CREATE FUNCTION nasl_body(s longtext) RETURNS longtext DETERMINISTIC
  RETURN IF(LEFT(s, 1) = '0', nasl_flip(SUBSTR(s, 2, CHAR_LENGTH(s) - 2)), SUBSTR(s, 2))
$$
CREATE FUNCTION nasl_top(s longtext) RETURNS int DETERMINISTIC
  RETURN IF(s = '1', 0, CAST(LEFT(nasl_body(s), 7) AS signed) - 5000000)
$$
CREATE FUNCTION nasl_low(s longtext) RETURNS int DETERMINISTIC
  RETURN IF(s = '1', 0, nasl_top(s) + 8 - CHAR_LENGTH(nasl_body(s)))
$$
CREATE FUNCTION nasl_whole(s longtext) RETURNS decimal(65,0) DETERMINISTIC
BEGIN
  DECLARE digits longtext DEFAULT SUBSTR(nasl_body(s), 8);
  IF s IS NULL THEN RETURN NULL; END IF;
  IF s = '1' THEN RETURN 0; END IF;
  IF CHAR_LENGTH(digits) > 65 THEN SIGNAL SQLSTATE 'NA000' SET MESSAGE_TEXT = 'digits:'; END IF;
  RETURN CAST(CONCAT(IF(LEFT(s, 1) = '0', '-', ''), digits) AS decimal(65,0));
END
$$
CREATE FUNCTION nasl_width(v decimal(65,0)) RETURNS int DETERMINISTIC
  RETURN CHAR_LENGTH(CAST(ABS(v) AS char))
$$
CREATE FUNCTION nasl_scale(v decimal(65,0), zeros int) RETURNS decimal(65,0) DETERMINISTIC
BEGIN
  IF v = 0 THEN RETURN 0; END IF;
  IF nasl_width(v) + zeros > 65 THEN SIGNAL SQLSTATE 'NA000' SET MESSAGE_TEXT = 'digits:'; END IF;
  RETURN CAST(CONCAT(v, REPEAT('0', zeros)) AS decimal(65,0));
END
$$
CREATE FUNCTION nasl_made(v decimal(65,0), low int) RETURNS longtext DETERMINISTIC
BEGIN
  DECLARE digits longtext DEFAULT CAST(ABS(v) AS char);
  DECLARE body longtext;
  DECLARE top int DEFAULT low + CHAR_LENGTH(digits) - 1;
  IF v IS NULL THEN RETURN NULL; END IF;
  IF v = 0 THEN RETURN '1'; END IF;
  IF top > 8000 THEN SIGNAL SQLSTATE 'NA000' SET MESSAGE_TEXT = 'digits:'; END IF;
  SET body = CONCAT(LPAD(top + 5000000, 7, '0'), TRIM(TRAILING '0' FROM digits));
  RETURN IF(v < 0, CONCAT('0', nasl_flip(body), '~'), CONCAT('2', body));
END
$$
CREATE FUNCTION nasl_together(a longtext, b longtext, side int) RETURNS longtext DETERMINISTIC
BEGIN
  DECLARE low int DEFAULT LEAST(nasl_low(a), nasl_low(b));
  IF a IS NULL OR b IS NULL THEN RETURN NULL; END IF;
  IF a = '1' THEN SET low = nasl_low(b); END IF;
  IF b = '1' THEN SET low = nasl_low(a); END IF;
  RETURN nasl_made(nasl_scale(nasl_whole(a), nasl_low(a) - low) + side * nasl_scale(nasl_whole(b), nasl_low(b) - low), low);
END
$$
CREATE FUNCTION nasl_plus_dd_d(a longtext, b longtext) RETURNS longtext DETERMINISTIC RETURN nasl_together(a, b, 1)
$$
CREATE FUNCTION nasl_minus_dd_d(a longtext, b longtext) RETURNS longtext DETERMINISTIC RETURN nasl_together(a, b, -1)
$$
CREATE FUNCTION nasl_times_dd_d(a longtext, b longtext) RETURNS longtext DETERMINISTIC
BEGIN
  DECLARE x decimal(65,0) DEFAULT nasl_whole(a);
  DECLARE y decimal(65,0) DEFAULT nasl_whole(b);
  IF nasl_width(x) + nasl_width(y) > 66 THEN SIGNAL SQLSTATE 'NA000' SET MESSAGE_TEXT = 'digits:'; END IF;
  RETURN nasl_made(x * y, nasl_low(a) + nasl_low(b));
END
$$
CREATE FUNCTION nasl_divide_dd_d(a longtext, b longtext) RETURNS longtext DETERMINISTIC
BEGIN
  DECLARE x decimal(65,0);
  DECLARE y decimal(65,0);
  DECLARE q decimal(65,0);
  DECLARE r decimal(65,0);
  DECLARE k, n int;
  IF a IS NULL OR b IS NULL THEN RETURN NULL; END IF;
  IF b = '1' THEN SIGNAL SQLSTATE 'NA000' SET MESSAGE_TEXT = 'divide:'; END IF;
  IF a = '1' THEN RETURN a; END IF;
  SET x = ABS(nasl_whole(a)), y = ABS(nasl_whole(b));
  -- x / y has its first digit at 10^k; twenty digits are kept, rounded half up
  SET k = nasl_top(a) - nasl_top(b);
  IF RPAD(x, 65, '0') < RPAD(y, 65, '0') THEN SET k = k - 1; END IF;
  SET n = nasl_low(a) - nasl_low(b) + 19 - k;
  IF n >= 0 THEN SET x = nasl_scale(x, n); ELSE SET y = nasl_scale(y, -n); END IF;
  SET q = TRUNCATE(x / y, 0);
  SET r = x - q * y;
  IF r < 0 THEN SET q = q - 1, r = r + y; END IF;
  IF r >= y THEN SET q = q + 1, r = r - y; END IF;
  IF r >= y - r THEN SET q = q + 1; END IF;
  RETURN nasl_made(IF((LEFT(a, 1) = '0') = (LEFT(b, 1) = '0'), q, -q), k - 19);
END
$$
CREATE FUNCTION nasl_remainder_dd_d(a longtext, b longtext) RETURNS longtext DETERMINISTIC
BEGIN
  DECLARE low int DEFAULT LEAST(nasl_low(a), nasl_low(b));
  IF a IS NULL OR b IS NULL THEN RETURN NULL; END IF;
  IF b = '1' THEN SIGNAL SQLSTATE 'NA000' SET MESSAGE_TEXT = 'remainder:'; END IF;
  IF a = '1' THEN RETURN a; END IF;
  RETURN nasl_made(MOD(nasl_scale(nasl_whole(a), nasl_low(a) - low), nasl_scale(nasl_whole(b), nasl_low(b) - low)), low);
END
$$
CREATE FUNCTION nasl_widen_l_d(a bigint) RETURNS longtext DETERMINISTIC RETURN nasl_made(a, 0)
$$
CREATE FUNCTION nasl_cut(a longtext, digits bigint, up int) RETURNS longtext DETERMINISTIC
BEGIN
  DECLARE text longtext DEFAULT CAST(ABS(nasl_whole(a)) AS char);
  DECLARE dropped int;
  DECLARE told text;
  DECLARE q decimal(65,0);
  IF a IS NULL OR digits IS NULL THEN RETURN NULL; END IF;
  IF digits > 11999 OR digits < -8000 OR (a <> '1' AND nasl_top(a) + 1 + digits > 4000) THEN
    SET told = CONCAT('round:', digits);
    SIGNAL SQLSTATE 'NA000' SET MESSAGE_TEXT = told;
  END IF;
  SET dropped = -digits - nasl_low(a);
  IF a = '1' OR dropped <= 0 THEN RETURN a; END IF;
  IF dropped > CHAR_LENGTH(text) THEN RETURN '1'; END IF;
  SET q = CAST(CONCAT('0', LEFT(text, CHAR_LENGTH(text) - dropped)) AS decimal(65,0));
  IF up AND SUBSTR(text, CHAR_LENGTH(text) - dropped + 1, 1) >= '5' THEN SET q = q + 1; END IF;
  RETURN nasl_made(IF(LEFT(a, 1) = '0', -q, q), -digits);
END
$$
CREATE FUNCTION nasl_round_dl_d(a longtext, digits bigint) RETURNS longtext DETERMINISTIC RETURN nasl_cut(a, digits, 1)
$$
CREATE FUNCTION nasl_round_d_d(a longtext) RETURNS longtext DETERMINISTIC RETURN nasl_cut(a, 0, 1)
$$
CREATE FUNCTION nasl_truncate_dl_d(a longtext, digits bigint) RETURNS longtext DETERMINISTIC RETURN nasl_cut(a, digits, 0)
$$
CREATE AGGREGATE FUNCTION nasl_sum(x longtext) RETURNS longtext DETERMINISTIC
BEGIN
  DECLARE total longtext DEFAULT NULL;
  DECLARE CONTINUE HANDLER FOR NOT FOUND RETURN total;
  LOOP
    FETCH GROUP NEXT ROW;
    IF x IS NOT NULL THEN SET total = IF(total IS NULL, x, nasl_plus_dd_d(total, x)); END IF;
  END LOOP;
END
$$
CREATE AGGREGATE FUNCTION nasl_avg(x longtext) RETURNS longtext DETERMINISTIC
BEGIN
  DECLARE total longtext DEFAULT NULL;
  DECLARE n bigint DEFAULT 0;
  DECLARE CONTINUE HANDLER FOR NOT FOUND RETURN nasl_divide_dd_d(total, nasl_widen_l_d(n));
  LOOP
    FETCH GROUP NEXT ROW;
    IF x IS NOT NULL THEN SET n = n + 1, total = IF(total IS NULL, x, nasl_plus_dd_d(total, x)); END IF;
  END LOOP;
END
$$
-- Text

CREATE FUNCTION nasl_like_ss_b(a longtext, b longtext) RETURNS bigint DETERMINISTIC
  RETURN a LIKE CONCAT('%', REPLACE(REPLACE(REPLACE(b, '\', '\\'), '\\%', '\%'), '\\_', '\_'), '%') ESCAPE '\'
$$
CREATE FUNCTION nasl_starts_with_ss_b(a longtext, b longtext) RETURNS bigint DETERMINISTIC
  RETURN LEFT(a, CHAR_LENGTH(b)) = b
$$
CREATE FUNCTION nasl_ends_with_ss_b(a longtext, b longtext) RETURNS bigint DETERMINISTIC
  RETURN RIGHT(a, CHAR_LENGTH(b)) = b
$$
CREATE FUNCTION nasl_contains_ss_b(a longtext, b longtext) RETURNS bigint DETERMINISTIC
  RETURN IF(b = '', IF(a IS NULL, NULL, 1), LOCATE(b, a) > 0)
$$
CREATE FUNCTION nasl_concat_ss_s(a longtext, b longtext) RETURNS longtext DETERMINISTIC
  RETURN CONCAT(COALESCE(a, ''), COALESCE(b, ''))
$$
CREATE FUNCTION nasl_lower_s_s(a longtext) RETURNS longtext DETERMINISTIC
BEGIN
  DECLARE made longtext DEFAULT '';
  DECLARE at int DEFAULT 1;
  DECLARE c varchar(1);
  IF a IS NULL OR CHAR_LENGTH(a) = LENGTH(a) THEN RETURN LOWER(a); END IF;
  WHILE at <= CHAR_LENGTH(a) DO
    SET c = SUBSTR(a, at, 1), at = at + 1;
    SET made = CONCAT(made, COALESCE((SELECT lo FROM nasl_case WHERE ch = c), c));
  END WHILE;
  RETURN made;
END
$$
CREATE FUNCTION nasl_upper_s_s(a longtext) RETURNS longtext DETERMINISTIC
BEGIN
  DECLARE made longtext DEFAULT '';
  DECLARE at int DEFAULT 1;
  DECLARE c varchar(1);
  IF a IS NULL OR CHAR_LENGTH(a) = LENGTH(a) THEN RETURN UPPER(a); END IF;
  WHILE at <= CHAR_LENGTH(a) DO
    SET c = SUBSTR(a, at, 1), at = at + 1;
    SET made = CONCAT(made, COALESCE((SELECT up FROM nasl_case WHERE ch = c), c));
  END WHILE;
  RETURN made;
END
$$
CREATE FUNCTION nasl_substr_sll_s(a longtext, start bigint, n bigint) RETURNS longtext DETERMINISTIC
BEGIN
  DECLARE first decimal(30,0) DEFAULT IF(start > 0, CAST(start AS decimal(30,0)) - 1, CHAR_LENGTH(a) + CAST(start AS decimal(30,0)));
  IF a IS NULL OR start IS NULL OR n IS NULL THEN RETURN NULL; END IF;
  IF start = 0 OR n <= 0 OR first < 0 OR first >= CHAR_LENGTH(a) THEN RETURN ''; END IF;
  RETURN SUBSTR(a, first + 1, LEAST(n, 1000000000));
END
$$
CREATE FUNCTION nasl_replace_sss_s(a longtext, b longtext, c longtext) RETURNS longtext DETERMINISTIC RETURN REPLACE(a, b, c)
$$
CREATE FUNCTION nasl_left_sl_s(a longtext, n bigint) RETURNS longtext DETERMINISTIC
  RETURN LEFT(a, LEAST(GREATEST(n, 0), 1000000000))
$$
CREATE FUNCTION nasl_right_sl_s(a longtext, n bigint) RETURNS longtext DETERMINISTIC
  RETURN RIGHT(a, LEAST(GREATEST(n, 0), 1000000000))
$$
CREATE FUNCTION nasl_char_length_s_l(a longtext) RETURNS bigint DETERMINISTIC RETURN CHAR_LENGTH(a)
$$
CREATE FUNCTION nasl_length_s_l(a longtext) RETURNS bigint DETERMINISTIC RETURN LENGTH(a)
$$
CREATE FUNCTION nasl_ascii_s_l(a longtext) RETURNS bigint DETERMINISTIC
  RETURN IF(a = '', 0, CAST(CONV(HEX(CONVERT(LEFT(a, 1) USING utf32)), 16, 10) AS signed))
$$
-- Dates: an instant is microseconds since 1970 in UTC, its wall clock the same in the zone of the app

CREATE FUNCTION nasl_in_range(us decimal(40,0)) RETURNS bigint DETERMINISTIC
BEGIN
  IF us < -62135596800000000 OR us > 253402300799999999 THEN SIGNAL SQLSTATE 'NA000' SET MESSAGE_TEXT = 'date:'; END IF;
  RETURN us;
END
$$
CREATE FUNCTION nasl_local(i bigint) RETURNS bigint READS SQL DATA
  RETURN nasl_in_range(CAST(i AS decimal(40,0)) + (SELECT shift FROM nasl_zone WHERE at <= i ORDER BY at DESC LIMIT 1))
$$
CREATE FUNCTION nasl_utc(wall bigint, fold int) RETURNS bigint READS SQL DATA
  RETURN nasl_in_range(CAST(wall AS decimal(40,0))
    - (SELECT shift FROM nasl_zone WHERE IF(fold = 0, wall0, wall1) <= wall ORDER BY at DESC LIMIT 1))
$$
CREATE FUNCTION nasl_clock(wall bigint) RETURNS bigint DETERMINISTIC
  RETURN ((wall MOD 86400000000) + 86400000000) MOD 86400000000
$$
CREATE FUNCTION nasl_day_of(wall bigint) RETURNS date DETERMINISTIC
  RETURN FROM_DAYS(719528 + (wall - nasl_clock(wall)) DIV 86400000000)
$$
CREATE FUNCTION nasl_wall(d date, clock bigint) RETURNS bigint DETERMINISTIC
  RETURN CAST(TO_DAYS(d) - 719528 AS signed) * 86400000000 + clock
$$
CREATE FUNCTION nasl_iso(d date) RETURNS longtext DETERMINISTIC RETURN CAST(d AS char)
$$
CREATE FUNCTION nasl_date_i_a(i bigint) RETURNS longtext READS SQL DATA RETURN nasl_iso(nasl_day_of(nasl_local(i)))
$$
CREATE FUNCTION nasl_date_a_a(a longtext) RETURNS longtext DETERMINISTIC RETURN a
$$
CREATE FUNCTION nasl_year_a_l(a longtext) RETURNS bigint DETERMINISTIC RETURN CAST(LEFT(a, 4) AS signed)
$$
CREATE FUNCTION nasl_month_a_l(a longtext) RETURNS bigint DETERMINISTIC RETURN CAST(SUBSTR(a, 6, 2) AS signed)
$$
CREATE FUNCTION nasl_day_a_l(a longtext) RETURNS bigint DETERMINISTIC RETURN CAST(SUBSTR(a, 9, 2) AS signed)
$$
CREATE FUNCTION nasl_quarter_a_l(a longtext) RETURNS bigint DETERMINISTIC RETURN (CAST(SUBSTR(a, 6, 2) AS signed) + 2) DIV 3
$$
CREATE FUNCTION nasl_to_days_a_l(a longtext) RETURNS bigint DETERMINISTIC RETURN TO_DAYS(CAST(a AS date))
$$
CREATE FUNCTION nasl_year_i_l(i bigint) RETURNS bigint READS SQL DATA RETURN nasl_year_a_l(nasl_date_i_a(i))
$$
CREATE FUNCTION nasl_month_i_l(i bigint) RETURNS bigint READS SQL DATA RETURN nasl_month_a_l(nasl_date_i_a(i))
$$
CREATE FUNCTION nasl_day_i_l(i bigint) RETURNS bigint READS SQL DATA RETURN nasl_day_a_l(nasl_date_i_a(i))
$$
CREATE FUNCTION nasl_quarter_i_l(i bigint) RETURNS bigint READS SQL DATA RETURN nasl_quarter_a_l(nasl_date_i_a(i))
$$
CREATE FUNCTION nasl_to_days_i_l(i bigint) RETURNS bigint READS SQL DATA RETURN nasl_to_days_a_l(nasl_date_i_a(i))
$$
CREATE FUNCTION nasl_hour_i_l(i bigint) RETURNS bigint READS SQL DATA RETURN nasl_clock(nasl_local(i)) DIV 3600000000
$$
CREATE FUNCTION nasl_minute_i_l(i bigint) RETURNS bigint READS SQL DATA RETURN nasl_clock(nasl_local(i)) DIV 60000000 MOD 60
$$
CREATE FUNCTION nasl_hour_t_l(t longtext) RETURNS bigint DETERMINISTIC RETURN CAST(LEFT(t, 2) AS signed)
$$
CREATE FUNCTION nasl_minute_t_l(t longtext) RETURNS bigint DETERMINISTIC RETURN CAST(SUBSTR(t, 4, 2) AS signed)
$$
CREATE FUNCTION nasl_seconds(unit longtext) RETURNS int DETERMINISTIC
  RETURN CASE unit WHEN 'second' THEN 1 WHEN 'minute' THEN 60 WHEN 'hour' THEN 3600 WHEN 'day' THEN 86400
    WHEN 'week' THEN 604800 END
$$
CREATE FUNCTION nasl_months(unit longtext) RETURNS int DETERMINISTIC
  RETURN CASE unit WHEN 'month' THEN 1 WHEN 'quarter' THEN 3 WHEN 'year' THEN 12 END
$$
CREATE FUNCTION nasl_later(d date, months decimal(40,0)) RETURNS date DETERMINISTIC
BEGIN
  DECLARE total decimal(41,0) DEFAULT YEAR(d) * 12 + MONTH(d) - 1 + months;
  DECLARE first date;
  IF total < 12 OR total >= 120000 THEN SIGNAL SQLSTATE 'NA000' SET MESSAGE_TEXT = 'date:'; END IF;
  SET first = CAST(CONCAT(LPAD(total DIV 12, 4, '0'), '-', LPAD(total MOD 12 + 1, 2, '0'), '-01') AS date);
  RETURN FROM_DAYS(TO_DAYS(first) + LEAST(DAY(d), DAY(LAST_DAY(first))) - 1);
END
$$
CREATE FUNCTION nasl_refuse_unit(unit longtext) RETURNS int DETERMINISTIC
BEGIN
  DECLARE told text DEFAULT CONCAT('unit:', unit);
  SIGNAL SQLSTATE 'NA000' SET MESSAGE_TEXT = told;
  RETURN 0;
END
$$
CREATE FUNCTION nasl_add_a(a longtext, amount decimal(40,0), unit longtext) RETURNS longtext DETERMINISTIC
BEGIN
  DECLARE days decimal(50,0);
  IF a IS NULL OR amount IS NULL OR unit IS NULL THEN RETURN NULL; END IF;
  IF nasl_months(unit) IS NOT NULL THEN
    RETURN nasl_iso(nasl_later(CAST(a AS date), amount * nasl_months(unit)));
  END IF;
  IF nasl_seconds(unit) IS NULL THEN RETURN nasl_refuse_unit(unit); END IF;
  SET days = FLOOR(amount * nasl_seconds(unit) / 86400);
  IF ABS(days) > 4000000 THEN SIGNAL SQLSTATE 'NA000' SET MESSAGE_TEXT = 'date:'; END IF;
  RETURN nasl_iso(nasl_day_of(nasl_in_range(nasl_wall(CAST(a AS date), 0) + days * 86400000000)));
END
$$
CREATE FUNCTION nasl_add_i(i bigint, amount decimal(40,0), unit longtext) RETURNS bigint READS SQL DATA
BEGIN
  DECLARE wall bigint;
  DECLARE fold int;
  IF i IS NULL OR amount IS NULL OR unit IS NULL THEN RETURN NULL; END IF;
  IF nasl_months(unit) IS NOT NULL THEN
    SET wall = nasl_local(i);
    SET fold = nasl_utc(wall, 0) <> i;
    RETURN nasl_utc(nasl_wall(nasl_later(nasl_day_of(wall), amount * nasl_months(unit)), nasl_clock(wall)), fold);
  END IF;
  IF nasl_seconds(unit) IS NULL THEN RETURN nasl_refuse_unit(unit); END IF;
  RETURN nasl_in_range(CAST(i AS decimal(40,0)) + amount * nasl_seconds(unit) * 1000000);
END
$$
CREATE FUNCTION nasl_date_add_als_a(a longtext, n bigint, u longtext) RETURNS longtext DETERMINISTIC
  RETURN nasl_add_a(a, n, u)
$$
CREATE FUNCTION nasl_date_sub_als_a(a longtext, n bigint, u longtext) RETURNS longtext DETERMINISTIC
  RETURN nasl_add_a(a, -CAST(n AS decimal(40,0)), u)
$$
CREATE FUNCTION nasl_date_add_ils_i(i bigint, n bigint, u longtext) RETURNS bigint READS SQL DATA
  RETURN nasl_add_i(i, n, u)
$$
CREATE FUNCTION nasl_date_sub_ils_i(i bigint, n bigint, u longtext) RETURNS bigint READS SQL DATA
  RETURN nasl_add_i(i, -CAST(n AS decimal(40,0)), u)
$$
CREATE FUNCTION nasl_format(d date, clock bigint, form longtext) RETURNS longtext DETERMINISTIC
BEGIN
  DECLARE made longtext DEFAULT '';
  DECLARE at int DEFAULT 1;
  DECLARE c varchar(1);
  DECLARE hour int DEFAULT clock DIV 3600000000;
  DECLARE hour12 varchar(2) DEFAULT (clock DIV 3600000000 + 11) MOD 12 + 1;
  DECLARE minute varchar(2) DEFAULT LPAD(clock DIV 60000000 MOD 60, 2, '0');
  DECLARE second varchar(2) DEFAULT LPAD(clock DIV 1000000 MOD 60, 2, '0');
  IF d IS NULL OR form IS NULL THEN RETURN NULL; END IF;
  WHILE at <= CHAR_LENGTH(form) DO
    SET c = SUBSTR(form, at, 1), at = at + 1;
    IF c <> '%' OR at > CHAR_LENGTH(form) THEN
      SET made = CONCAT(made, c);
    ELSE
      SET c = SUBSTR(form, at, 1), at = at + 1;
      SET made = CONCAT(made, CASE c
        WHEN 'Y' THEN LPAD(YEAR(d), 4, '0')
        WHEN 'y' THEN LPAD(YEAR(d) MOD 100, 2, '0')
        WHEN 'm' THEN LPAD(MONTH(d), 2, '0')
        WHEN 'c' THEN MONTH(d)
        WHEN 'd' THEN LPAD(DAY(d), 2, '0')
        WHEN 'e' THEN DAY(d)
        WHEN 'H' THEN LPAD(hour, 2, '0')
        WHEN 'k' THEN hour
        WHEN 'h' THEN LPAD(hour12, 2, '0')
        WHEN 'I' THEN LPAD(hour12, 2, '0')
        WHEN 'l' THEN hour12
        WHEN 'i' THEN minute
        WHEN 's' THEN second
        WHEN 'S' THEN second
        WHEN 'f' THEN LPAD(clock MOD 1000000, 6, '0')
        WHEN 'p' THEN IF(hour < 12, 'AM', 'PM')
        WHEN 'T' THEN CONCAT(LPAD(hour, 2, '0'), ':', minute, ':', second)
        WHEN 'r' THEN CONCAT(LPAD(hour12, 2, '0'), ':', minute, ':', second, IF(hour < 12, ' AM', ' PM'))
        WHEN 'j' THEN LPAD(DAYOFYEAR(d), 3, '0')
        WHEN 'M' THEN ELT(MONTH(d), 'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August',
          'September', 'October', 'November', 'December')
        WHEN 'b' THEN ELT(MONTH(d), 'Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec')
        WHEN 'W' THEN ELT(WEEKDAY(d) + 1, 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday')
        WHEN 'a' THEN ELT(WEEKDAY(d) + 1, 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun')
        WHEN 'w' THEN DAYOFWEEK(d) - 1
        WHEN 'v' THEN LPAD(WEEK(d, 3), 2, '0')
        WHEN 'u' THEN LPAD(WEEK(d, 3), 2, '0')
        WHEN 'x' THEN LPAD(YEARWEEK(d, 3) DIV 100, 4, '0')
        ELSE c END);
    END IF;
  END WHILE;
  RETURN made;
END
$$
CREATE FUNCTION nasl_date_format_as_s(a longtext, form longtext) RETURNS longtext DETERMINISTIC
  RETURN nasl_format(CAST(a AS date), 0, form)
$$
CREATE FUNCTION nasl_date_format_is_s(i bigint, form longtext) RETURNS longtext READS SQL DATA
  RETURN nasl_format(nasl_day_of(nasl_local(i)), nasl_clock(nasl_local(i)), form)
$$
CREATE FUNCTION nasl_str_to_date_ss_i(a longtext, form longtext) RETURNS bigint READS SQL DATA
BEGIN
  DECLARE pattern longtext DEFAULT '';
  DECLARE seen longtext DEFAULT '';
  DECLARE trimmed longtext DEFAULT REGEXP_REPLACE(a, '^[ \t\n\r\f\v]+|[ \t\n\r\f\v]+$', '');
  DECLARE at int DEFAULT 1;
  DECLARE c varchar(1);
  DECLARE part varchar(3);
  DECLARE y, m, d int DEFAULT 0;
  DECLARE h, i, s bigint DEFAULT 0;
  DECLARE v int;
  DECLARE EXIT HANDLER FOR SQLSTATE 'NA000' RETURN NULL;
  IF a IS NULL OR form IS NULL THEN RETURN NULL; END IF;
  WHILE at <= CHAR_LENGTH(form) DO
    SET c = SUBSTR(form, at, 1), at = at + 1, part = '';
    IF c = '%' AND at <= CHAR_LENGTH(form) THEN
      SET c = SUBSTR(form, at, 1), at = at + 1;
      SET part = CASE c WHEN 'Y' THEN 'Y' WHEN 'm' THEN 'm' WHEN 'c' THEN 'm' WHEN 'd' THEN 'd' WHEN 'e' THEN 'd'
        WHEN 'H' THEN 'H' WHEN 'k' THEN 'H' WHEN 'i' THEN 'i' WHEN 's' THEN 's' WHEN 'S' THEN 's' WHEN 'T' THEN 'His'
        ELSE '' END;
    END IF;
    IF part = '' THEN
      SET pattern = CONCAT(pattern, IF(LOCATE(c, '[]\^$.|?*+(){}') > 0, CONCAT('\', c), c));
    ELSEIF seen REGEXP CONCAT('[', part, ']') THEN
      RETURN NULL;
    ELSE
      SET seen = CONCAT(seen, part);
      SET pattern = CONCAT(pattern, CASE part WHEN 'Y' THEN '([0-9]{4})'
        WHEN 'His' THEN '([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})' ELSE '([0-9]{1,2})' END);
    END IF;
  END WHILE;
  IF NOT (seen LIKE '%Y%' AND seen LIKE '%m%' AND seen LIKE '%d%') THEN RETURN NULL; END IF;
  SET pattern = CONCAT('^(?:', pattern, ')\z');
  IF NOT trimmed REGEXP pattern THEN RETURN NULL; END IF;
  SET at = 1;
  WHILE at <= CHAR_LENGTH(seen) DO
    SET v = CAST(REGEXP_REPLACE(trimmed, pattern, CONCAT('\', at)) AS signed);
    CASE SUBSTR(seen, at, 1) WHEN 'Y' THEN SET y = v; WHEN 'm' THEN SET m = v; WHEN 'd' THEN SET d = v;
      WHEN 'H' THEN SET h = v; WHEN 'i' THEN SET i = v; WHEN 's' THEN SET s = v; END CASE;
    SET at = at + 1;
  END WHILE;
  IF y < 1 OR m < 1 OR m > 12 OR d < 1 OR h > 23 OR i > 59 OR s > 59 THEN RETURN NULL; END IF;
  IF d > DAY(LAST_DAY(CAST(CONCAT(LPAD(y, 4, '0'), '-', LPAD(m, 2, '0'), '-01') AS date))) THEN RETURN NULL; END IF;
  RETURN nasl_utc(nasl_wall(CAST(CONCAT(LPAD(y, 4, '0'), '-', LPAD(m, 2, '0'), '-', LPAD(d, 2, '0')) AS date),
    (h * 3600 + i * 60 + s) * 1000000), 0);
END
$$
-- A value joined to a text

CREATE FUNCTION nasl_text_b_s(b bigint) RETURNS longtext DETERMINISTIC
  RETURN CASE WHEN b <> 0 THEN 'true' WHEN b = 0 THEN 'false' END
$$
CREATE FUNCTION nasl_text_l_s(l bigint) RETURNS longtext DETERMINISTIC RETURN CAST(l AS char)
$$
CREATE FUNCTION nasl_text_d_s(d longtext) RETURNS longtext DETERMINISTIC
BEGIN
  DECLARE digits longtext DEFAULT SUBSTR(nasl_body(d), 8);
  DECLARE low int DEFAULT nasl_low(d);
  DECLARE minus varchar(1) DEFAULT IF(LEFT(d, 1) = '0', '-', '');
  IF d IS NULL THEN RETURN NULL; END IF;
  IF d = '1' THEN RETURN '0'; END IF;
  IF low >= 0 THEN RETURN CONCAT(minus, digits, REPEAT('0', low)); END IF;
  IF CHAR_LENGTH(digits) <= -low THEN SET digits = LPAD(digits, 1 - low, '0'); END IF;
  RETURN CONCAT(minus, LEFT(digits, CHAR_LENGTH(digits) + low), '.', RIGHT(digits, -low));
END
$$
CREATE FUNCTION nasl_text_a_s(a longtext) RETURNS longtext DETERMINISTIC RETURN a
$$
CREATE FUNCTION nasl_text_s_s(s longtext) RETURNS longtext DETERMINISTIC RETURN s
$$
CREATE FUNCTION nasl_text_t_s(t longtext) RETURNS longtext DETERMINISTIC RETURN LEFT(t, 8)
$$
CREATE FUNCTION nasl_text_i_s(i bigint) RETURNS longtext READS SQL DATA RETURN nasl_date_format_is_s(i, '%Y-%m-%d %T')
