-- Optional, after database.sql, with the same names put in: lets Ostor Console report notes in which the vendor's
-- scripts left a secret key, and strike the secret out of one note at a time. The secret itself is never read.
--
-- Such a note is meant as a whole: three lines, UserId, AWSAccessKeyId and AWSSecretAccessKey, and at most the marker of
-- the console's own mode compat behind them.
-- A note in which a person wrote even one more word is left alone.

CREATE USER 'dash_redactor'@'localhost' IDENTIFIED BY 'change-me' ACCOUNT LOCK;
GRANT SELECT (id, userid, note), UPDATE (note) ON whmcs.tblnotes TO 'dash_redactor'@'localhost';

DELIMITER //

CREATE DEFINER = 'dash_redactor'@'localhost' PROCEDURE ostordash.old_secrets()
  SQL SECURITY DEFINER READS SQL DATA
BEGIN
  SELECT
    id,
    userid,
    SUBSTRING(note, 9, 16) AS s3user,
    TRIM(TRAILING '\r' FROM SUBSTRING_INDEX(SUBSTRING_INDEX(note, 'AWSAccessKeyId: ', -1), '\n', 1)) AS keyid,
    LOCATE('AWSSecretAccessKey: [removed]', note) > 0 AS redacted
  FROM whmcs.tblnotes
  WHERE CONVERT(note USING utf8mb4) COLLATE utf8mb4_bin REGEXP
    '^UserId: [0-9a-f]{16}\r?\nAWSAccessKeyId: [A-Za-z0-9]{16,128}\r?\nAWSSecretAccessKey: [^ \r\n]+(\r?\n\\[ostor-dash:k:[0-9A-HJKMNP-TV-Z]{26}\\])?[ \r\n]*$'
  ORDER BY id;
END //

CREATE DEFINER = 'dash_redactor'@'localhost' PROCEDURE ostordash.old_secret_redact(
  IN p_id INT,
  IN p_userid INT,
  IN p_keyid VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin
) SQL SECURITY DEFINER MODIFIES SQL DATA
BEGIN
  IF p_keyid IS NULL OR p_keyid NOT REGEXP '^[A-Za-z0-9]{16,128}$' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'bad key id';
  END IF;
  UPDATE whmcs.tblnotes
    SET note = CONCAT(
      SUBSTRING_INDEX(note, 'AWSSecretAccessKey: ', 1), 'AWSSecretAccessKey: [removed]',
      IF(LOCATE('[ostor-dash:', note) > 0, CONCAT('\n', SUBSTRING(note, LOCATE('[ostor-dash:', note), 41)), ''))
    WHERE id = p_id AND userid = p_userid
      AND CONVERT(note USING utf8mb4) COLLATE utf8mb4_bin REGEXP CONCAT(
        '^UserId: [0-9a-f]{16}\r?\nAWSAccessKeyId: ', CONVERT(p_keyid USING utf8mb4),
        '\r?\nAWSSecretAccessKey: [^ \r\n]+(\r?\n\\[ostor-dash:k:[0-9A-HJKMNP-TV-Z]{26}\\])?[ \r\n]*$')
      AND LOCATE('AWSSecretAccessKey: [removed]', note) = 0
    LIMIT 1;
  SELECT ROW_COUNT() AS redacted;
END //

DELIMITER ;

GRANT EXECUTE ON PROCEDURE ostordash.old_secrets TO 'dash_redactor'@'localhost';
GRANT EXECUTE ON PROCEDURE ostordash.old_secret_redact TO 'dash_redactor'@'localhost';

GRANT EXECUTE ON PROCEDURE ostordash.old_secrets TO 'dash'@'10.0.0.5';
GRANT EXECUTE ON PROCEDURE ostordash.old_secret_redact TO 'dash'@'10.0.0.5';
