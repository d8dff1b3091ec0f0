import { DataSource, type DataSourceOptions } from 'typeorm';
import { dataSourceOptions } from './data-source-options.js';

/** Runs all pending migrations on the database at `url`. */
export async function migrate(url: string, migrations: DataSourceOptions['migrations']): Promise<void> {
  const dataSource = await new DataSource({ ...dataSourceOptions(url), migrations }).initialize();
  await dataSource.runMigrations().finally(() => dataSource.destroy());
}
