import { existsSync } from 'node:fs';
import { join } from 'node:path';
import request from 'supertest';
import type { MenuDto } from '../../apps/api/catalog/dto/product.dto.js';
import type { RunningApp } from '../../apps/standalone/start-all.js';
import { SandboxClient, type SandboxOverview } from './sandbox-client.js';

export async function getMenu({ api }: RunningApp): Promise<MenuDto> {
  return (await request(api).get('/api/v1/menu').expect(200)).body as MenuDto;
}

/** Throws an Error if the app runs without the sandbox. */
export async function getSandboxOverview({ sandbox }: RunningApp): Promise<SandboxOverview> {
  if (sandbox === undefined) throw new Error('The app runs without the sandbox');
  return new SandboxClient(sandbox).overview();
}

/** PostgreSQL keeps its pid file while it runs. */
export function isPostgresRunning(dataDirectory: string): boolean {
  return existsSync(join(dataDirectory, 'cluster', 'postmaster.pid'));
}
