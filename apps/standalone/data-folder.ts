import { join } from 'node:path';

/** Where `npm start` keeps its data, in the working directory. */
export const DATA_FOLDER = '.data';

/** Returns where the embedded PostgreSQL keeps its data. */
export function postgresFolder(dataFolder: string): string {
  return join(dataFolder, 'postgres');
}
