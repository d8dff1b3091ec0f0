import { DataSource, type DataSourceOptions } from 'typeorm';
import { dataSourceOptions } from './data-source-options.js';

/** Brings the database at `url` up to the newest of the migrations. */
export async function migrate(url: string, migrations: DataSourceOptions['migrations']): Promise<void> {
  const dataSource = await new DataSource({ ...dataSourceOptions(url), migrations }).initialize();
  await dataSource.runMigrations().finally(() => dataSource.destroy());
}
