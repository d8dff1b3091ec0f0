import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { giveToCluster } from '../../support/template.js';

/** Paths of a certificate and of its key. */
export interface Certificate {
  file: string;
  keyFile: string;
}

/** Writes a self-signed certificate for this machine, which only the cluster's user may use. */
export async function createCertificate(folder: string): Promise<Certificate> {
  const certificate = { file: join(folder, 'tls.crt'), keyFile: join(folder, 'tls.key') };
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
      // node-postgres checks an address as if it were localhost.
      ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
      ...['-out', certificate.file, '-keyout', certificate.keyFile],
    ],
    { stdio: 'pipe' },
  );
  for (const path of Object.values(certificate)) await giveToCluster(path);
  return certificate;
}
