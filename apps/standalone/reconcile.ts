import 'reflect-metadata';
import { open, type FileHandle } from 'node:fs/promises';
import { StartupError, startProcess } from '#config';
import { readStatement, ReconciliationService } from '#reconciliation';
import { withReadingContext } from './command-context.js';
import { readReconcileOptions } from './reconcile-options.js';
import { ReconciliationReport, type Verdict } from './reconciliation-report.js';

const EXIT_CODES: Readonly<Record<Verdict, number>> = { equal: 0, different: 1, open: 3 };
const FAILED = 2;

await startProcess(async () => {
  const { path, period } = readReconcileOptions(process.argv.slice(2));
  const file = await openStatement(path);
  await withReadingContext(async (context) => {
    const report = new ReconciliationReport((line) => console.log(line));
    const result = await context
      .get(ReconciliationService, { strict: false })
      .reconcile(readStatement(file.createReadStream()), period, (finding) => report.add(finding));
    process.exitCode = EXIT_CODES[report.end(result)];
  });
}, FAILED);

async function openStatement(path: string): Promise<FileHandle> {
  try {
    return await open(path);
  } catch (error) {
    throw new StartupError(
      `The statement cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
