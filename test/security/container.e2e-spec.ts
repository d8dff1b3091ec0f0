import { readFile } from 'node:fs/promises';

describe('Dockerfile', () => {
  it('runs the program as an unprivileged user that owns no files', async () => {
    const dockerfile = await readFile('Dockerfile', 'utf8');
    const lastStage = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));

    expect(lastStage).toMatch(/^USER (?!root|0\b)\S+$/m);
    expect(lastStage).not.toMatch(/--chown|chmod|sudo/);
    expect(lastStage.indexOf('USER')).toBeLessThan(lastStage.indexOf('CMD'));
  });

  it('starts the API with the same command as npm run start:api', async () => {
    const [, json = ''] = /^CMD (\[.*\])$/m.exec(await readFile('Dockerfile', 'utf8')) ?? [];
    const command = (JSON.parse(json) as string[]).join(' ');

    expect(await readFile('package.json', 'utf8')).toContain(`"start:api": "${command}"`);
  });

  it('is production unless it is told otherwise', async () => {
    expect(await readFile('Dockerfile', 'utf8')).toMatch(/^ENV .*\bAPP_ENV=production\b/m);
  });

  it('listens on all addresses', async () => {
    expect(await readFile('Dockerfile', 'utf8')).toMatch(/^ENV .*\bHOST=0\.0\.0\.0\b/m);
  });

  it('sets no secrets', async () => {
    expect(await readFile('Dockerfile', 'utf8')).not.toMatch(/(ARG|ENV) .*(SECRET|PASSWORD|TOKEN)/);
  });
});

describe('.dockerignore', () => {
  it('allows listed files only, without history, secrets and data', async () => {
    const [everything, ...exceptions] = (await readFile('.dockerignore', 'utf8'))
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));

    expect(everything).toBe('*');
    expect(exceptions.filter((line) => /git|data|env|npmrc/.test(line) && line.startsWith('!'))).toEqual([]);
  });
});

describe('docker-compose.yml', () => {
  it('drops all privileges of the container', async () => {
    const compose = await readFile('docker-compose.yml', 'utf8');

    for (const line of ['read_only: true', 'cap_drop: [ALL]', "security_opt: ['no-new-privileges:true']"])
      expect(compose).toContain(line);
    expect(compose).not.toContain('privileged: true');
  });

  it('publishes the API on the loopback address only', async () => {
    expect(await readFile('docker-compose.yml', 'utf8')).toContain("ports: ['127.0.0.1:8000:8000']");
  });
});
