-- For the mode "database" of Ostor Console: run once by whoever runs the database of WHMCS, as its root user.
-- For MariaDB 10.4 or later, or MySQL 8.0.
--
-- Put in, wherever they stand:
--   whmcs        the schema of WHMCS
--   10.0.0.5     the address from which the console comes
--   change-me    a password for it
--
-- The console's user, dash, may call three procedures and nothing else. They run as dash_owner, as whom nobody can sign
-- in. A note is found and deleted only by its whole marker, [ostor-dash:x:…], which stands in no note but the console's.

CREATE DATABASE IF NOT EXISTS ostordash;

CREATE USER 'dash_owner'@'localhost' IDENTIFIED BY 'change-me' ACCOUNT LOCK;
GRANT SELECT (id, userid, note), DELETE ON whmcs.tblnotes TO 'dash_owner'@'localhost';
-- Lets note_shape see that these columns are there, and not what is in them.
GRANT REFERENCES (adminid, created, modified, sticky) ON whmcs.tblnotes TO 'dash_owner'@'localhost';

DELIMITER //

CREATE DEFINER = 'dash_owner'@'localhost' PROCEDURE ostordash.note_find(
  IN p_userid INT,
  IN p_marker VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin
) SQL SECURITY DEFINER READS SQL DATA
BEGIN
  IF p_marker IS NULL OR p_marker NOT REGEXP '^\\[ostor-dash:[a-z]:[0-9A-HJKMNP-TV-Z]{26}\\]$' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'bad marker';
  END IF;
  SELECT id FROM whmcs.tblnotes WHERE userid = p_userid AND LOCATE(BINARY p_marker, note) > 0 ORDER BY id;
END //

CREATE DEFINER = 'dash_owner'@'localhost' PROCEDURE ostordash.note_delete(
  IN p_id INT,
  IN p_userid INT,
  IN p_marker VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin
) SQL SECURITY DEFINER MODIFIES SQL DATA
BEGIN
  IF p_marker IS NULL OR p_marker NOT REGEXP '^\\[ostor-dash:[a-z]:[0-9A-HJKMNP-TV-Z]{26}\\]$' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'bad marker';
  END IF;
  DELETE FROM whmcs.tblnotes
    WHERE id = p_id AND userid = p_userid AND LOCATE(BINARY p_marker, note) > 0 LIMIT 1;
  SELECT ROW_COUNT() AS deleted;
END //

CREATE DEFINER = 'dash_owner'@'localhost' PROCEDURE ostordash.note_shape()
  SQL SECURITY DEFINER READS SQL DATA
BEGIN
  SELECT LOWER(column_name) AS name, LOWER(data_type) AS type FROM information_schema.columns
    WHERE table_schema = 'whmcs' AND table_name = 'tblnotes';
END //

DELIMITER ;

GRANT EXECUTE ON PROCEDURE ostordash.note_find TO 'dash_owner'@'localhost';
GRANT EXECUTE ON PROCEDURE ostordash.note_delete TO 'dash_owner'@'localhost';
GRANT EXECUTE ON PROCEDURE ostordash.note_shape TO 'dash_owner'@'localhost';

CREATE USER 'dash'@'10.0.0.5' IDENTIFIED BY 'change-me' REQUIRE SSL;
GRANT EXECUTE ON PROCEDURE ostordash.note_find TO 'dash'@'10.0.0.5';
GRANT EXECUTE ON PROCEDURE ostordash.note_delete TO 'dash'@'10.0.0.5';
GRANT EXECUTE ON PROCEDURE ostordash.note_shape TO 'dash'@'10.0.0.5';
