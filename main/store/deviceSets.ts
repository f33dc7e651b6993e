import type { DeviceSetRow } from '../engine/ports/store/deviceSets.ts';
import type { Store } from '../engine/ports/store/store.ts';
import { type Context, createRowIds, mustBeInTransaction, parseList } from './context.ts';

interface DeviceSetRecord extends Omit<DeviceSetRow, 'devices'> {
  readonly devices: string;
}

const columns = `id, application_id AS applicationId, key_type AS keyType, user_id AS userId, name, devices, scope,
  validity_seconds AS validitySeconds, created_at_ms AS createdAtMs`;

const toRecord = (row: DeviceSetRow): DeviceSetRecord => ({ ...row, devices: JSON.stringify(row.devices) });
const toRow = (record: DeviceSetRecord): DeviceSetRow => ({
  ...record,
  devices: parseList(record.devices, 'device_sets.devices'),
});

/** The device sets in the database. */
export function createDeviceSets(context: Context): Store['deviceSets'] {
  const { db } = context;
  const ids = createRowIds(db, 'device_sets');
  const selectAll = db.prepare<[], DeviceSetRecord>(`SELECT ${columns} FROM device_sets ORDER BY application_id, name`);
  const selectOfApplication = db.prepare<[number], DeviceSetRecord>(
    `SELECT ${columns} FROM device_sets WHERE application_id = ? ORDER BY name`,
  );
  const insertRow = db.prepare<[DeviceSetRecord]>(`INSERT INTO device_sets (id, application_id, key_type, user_id, name,
    devices, scope, validity_seconds, created_at_ms) VALUES (@id, @applicationId, @keyType, @userId, @name, @devices,
    @scope, @validitySeconds, @createdAtMs)`);
  const updateRow = db.prepare<[DeviceSetRecord]>(`UPDATE device_sets SET key_type = @keyType, user_id = @userId,
    name = @name, devices = @devices, scope = @scope, validity_seconds = @validitySeconds WHERE id = @id`);
  const deleteRow = db.prepare<[number]>('DELETE FROM device_sets WHERE id = ?');

  return {
    list: () => selectAll.all().map(toRow),
    ofApplication: (applicationId) => selectOfApplication.all(applicationId).map(toRow),
    insert(row) {
      mustBeInTransaction(context);
      const inserted = { ...row, id: ids.take() };
      insertRow.run(toRecord(inserted));
      return inserted;
    },
    update(row) {
      mustBeInTransaction(context);
      updateRow.run(toRecord(row));
    },
    delete(id) {
      mustBeInTransaction(context);
      deleteRow.run(id);
    },
  };
}
