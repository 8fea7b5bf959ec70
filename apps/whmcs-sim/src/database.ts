import { createPool, type Pool, type ResultSetHeader, type RowDataPacket } from 'mysql2/promise'
import { seededClients, seededServices } from './seed.ts'

type Value = string | number | null
type Row<T> = RowDataPacket & T

export type Database = ReturnType<typeof databaseOn>

/** The one table whose form clean sources tell, and tables of our own for the rest. */
const TABLES = [
  `CREATE TABLE tblnotes (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, userid INT NOT NULL, adminid INT NOT NULL,
    created DATETIME NOT NULL, modified DATETIME NOT NULL, note TEXT NOT NULL, sticky INT NOT NULL, KEY (userid))`,
  `CREATE TABLE sim_clients (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, uuid CHAR(36) NOT NULL DEFAULT (UUID()),
    firstname VARCHAR(200) NOT NULL, lastname VARCHAR(200) NOT NULL, companyname VARCHAR(200) NOT NULL,
    email VARCHAR(254) NOT NULL, status VARCHAR(20) NOT NULL, currency INT NOT NULL, datecreated DATE NOT NULL,
    KEY (email), KEY (firstname), KEY (lastname), KEY (companyname))`,
  `CREATE TABLE sim_fields (userid INT NOT NULL, fieldid INT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (userid, fieldid))`,
  `CREATE TABLE sim_services (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, userid INT NOT NULL, name VARCHAR(200) NOT NULL,
    groupname VARCHAR(200) NOT NULL, domain VARCHAR(200) NOT NULL, status VARCHAR(20) NOT NULL,
    nextduedate VARCHAR(10) NOT NULL, diskusage BIGINT NOT NULL DEFAULT 0, bwusage BIGINT NOT NULL DEFAULT 0,
    lastupdate VARCHAR(19) NOT NULL DEFAULT '0000-00-00 00:00:00', KEY (userid))`,
  `CREATE TABLE sim_activity (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, userid INT NOT NULL, date DATETIME NOT NULL,
    description TEXT NOT NULL, KEY (userid))`,
  `CREATE TABLE sim_invoices (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, userid INT NOT NULL, status VARCHAR(20) NOT NULL,
    notes TEXT NOT NULL, total DECIMAL(16,2) NOT NULL, items TEXT NOT NULL, created DATETIME NOT NULL, KEY (userid))`,
  `CREATE TABLE sim_billable (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, userid INT NOT NULL, description TEXT NOT NULL,
    amount DECIMAL(16,2) NOT NULL)`,
]

const databaseOn = (pool: Pool) => ({
  rows: async <T>(sql: string, values: Value[] = []): Promise<T[]> => {
    const [rows] = await pool.query<Row<T>[]>(sql, values)
    return rows
  },
  /** The number of the new row. */
  insert: async (sql: string, values: Value[]): Promise<number> => {
    const [header] = await pool.query<ResultSetHeader>(sql, values)
    return header.insertId
  },
  /** How many rows it met. */
  change: async (sql: string, values: Value[]): Promise<number> => {
    const [header] = await pool.query<ResultSetHeader>(sql, values)
    return header.affectedRows
  },
})

type Wanted = { mariadb: string; database: string; seed: number; clients: number }

/** A schema of that name, made afresh and filled by the seed. */
export const openDatabase = async ({ mariadb, database, seed, clients }: Wanted) => {
  if (!/^\w{1,50}$/.test(database)) throw new Error('the name of the database must be letters, digits and _')
  const pool = createPool({ uri: mariadb, connectionLimit: 8, dateStrings: true, charset: 'utf8mb4' })
  try {
    await pool.query(`DROP DATABASE IF EXISTS ${database}`)
    await pool.query(`CREATE DATABASE ${database} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`)
    await pool.end()
    const inside = createPool({
      uri: `${mariadb}/${database}`,
      connectionLimit: 8,
      dateStrings: true,
      charset: 'utf8mb4_unicode_ci',
    })
    for (const table of TABLES) await inside.query(table)
    await fill(inside, seed, clients)
    return { database: databaseOn(inside), close: () => inside.end() }
  } catch (error) {
    await pool.end()
    throw error
  }
}

const BATCH = 1000

const fill = async (pool: Pool, seed: number, count: number): Promise<void> => {
  const clients = seededClients(seed, count)
  for (let at = 0; at < clients.length; at += BATCH) {
    const sql =
      'INSERT INTO sim_clients (firstname, lastname, companyname, email, status, currency, datecreated) VALUES ?'
    await pool.query(sql, [clients.slice(at, at + BATCH)])
  }
  const services = seededServices(seed, count)
  for (let at = 0; at < services.length; at += BATCH) {
    const sql = 'INSERT INTO sim_services (userid, name, groupname, domain, status, nextduedate) VALUES ?'
    await pool.query(sql, [services.slice(at, at + BATCH)])
  }
}
