// Adapters of oidc-provider over node:sqlite, as durable as the Hub's store: write-ahead log, synchronous=FULL, each write its own
// transaction, a secret under its key alone. `memory` keeps the same in a Map, for whoever asks what the file costs.
import { DatabaseSync } from "node:sqlite";

export function durable(path) {
  const database = new DatabaseSync(path);
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 8192");
  database.exec(`CREATE TABLE IF NOT EXISTS model (
    kind TEXT NOT NULL, id TEXT NOT NULL, payload TEXT NOT NULL, grant_id TEXT, uid TEXT, user_code TEXT, expires_at INTEGER, PRIMARY KEY (kind, id)) WITHOUT ROWID`);
  database.exec("CREATE INDEX IF NOT EXISTS model_of_grant ON model (grant_id)");
  const put = database.prepare(`INSERT INTO model (kind, id, payload, grant_id, uid, user_code, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (kind, id) DO UPDATE SET payload = excluded.payload, expires_at = excluded.expires_at`);
  const get = database.prepare("SELECT payload FROM model WHERE kind = ? AND id = ? AND (expires_at IS NULL OR expires_at > ?)");
  const by = (column) => database.prepare(`SELECT payload FROM model WHERE kind = ? AND ${column} = ?`);
  const [byUid, byUserCode] = [by("uid"), by("user_code")];
  const consume = database.prepare("UPDATE model SET payload = json_set(payload, '$.consumed', ?) WHERE kind = ? AND id = ?");
  const destroy = database.prepare("DELETE FROM model WHERE kind = ? AND id = ?");
  const revoke = database.prepare("DELETE FROM model WHERE grant_id = ?");
  const now = () => Math.floor(Date.now() / 1000);
  const read = (row) => (row ? JSON.parse(row.payload) : undefined);
  return class {
    constructor(kind) { this.kind = kind; }
    async upsert(id, payload, expiresIn) {
      put.run(this.kind, id, JSON.stringify(payload), payload.grantId ?? null, payload.uid ?? null, payload.userCode ?? null, expiresIn ? now() + expiresIn : null);
    }
    async find(id) { return read(get.get(this.kind, id, now())); }
    async findByUid(uid) { return read(byUid.get(this.kind, uid)); }
    async findByUserCode(code) { return read(byUserCode.get(this.kind, code)); }
    async consume(id) { consume.run(now(), this.kind, id); }
    async destroy(id) { destroy.run(this.kind, id); }
    async revokeByGrantId(id) { revoke.run(id); }
    static begin() { database.exec("BEGIN"); }
    static commit() { database.exec("COMMIT"); }
  };
}

export function memory() {
  const kept = new Map();
  return class {
    constructor(kind) { this.kind = kind; }
    async upsert(id, payload) { kept.set(`${this.kind} ${id}`, payload); }
    async find(id) { return kept.get(`${this.kind} ${id}`); }
    async findByUid() { return undefined; }
    async findByUserCode() { return undefined; }
    async consume(id) { const found = await this.find(id); if (found) found.consumed = Math.floor(Date.now() / 1000); }
    async destroy(id) { kept.delete(`${this.kind} ${id}`); }
    async revokeByGrantId() {}
    static begin() {}
    static commit() {}
  };
}
