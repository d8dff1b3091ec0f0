import { readFile } from 'node:fs/promises';

describe('the container', () => {
  it('runs as an unprivileged user, who owns nothing of the program', async () => {
    const dockerfile = await readFile('Dockerfile', 'utf8');
    const lastStage = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));

    expect(lastStage).toMatch(/^USER (?!root|0\b)\S+$/m);
    expect(lastStage).not.toMatch(/--chown|chmod|sudo/);
    expect(lastStage.indexOf('USER')).toBeLessThan(lastStage.indexOf('CMD'));
  });

  it('starts the API with the switches that npm run start:api has', async () => {
    const [, command = ''] = /^CMD (\[.*\])$/m.exec(await readFile('Dockerfile', 'utf8')) ?? [];
    const started = (JSON.parse(command) as string[]).join(' ');

    expect(await readFile('package.json', 'utf8')).toContain(`"start:api": "exec ${started}"`);
  });

  it('is built from nothing but the program: no history, no secrets, no data', async () => {
    const [everything, ...allowed] = (await readFile('.dockerignore', 'utf8'))
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));

    expect(everything).toBe('*');
    expect(allowed.filter((line) => /git|data|env|npmrc/.test(line) && line.startsWith('!'))).toEqual([]);
    expect(await readFile('Dockerfile', 'utf8')).not.toMatch(/(ARG|ENV) .*(SECRET|PASSWORD|TOKEN)/);
  });

  it('can write nowhere, become nobody else and use no capability, as composed', async () => {
    const compose = await readFile('docker-compose.yml', 'utf8');

    for (const line of ['read_only: true', 'cap_drop: [ALL]', "security_opt: ['no-new-privileges:true']"])
      expect(compose).toContain(line);
    expect(compose).toContain("ports: ['127.0.0.1:8000:8000']");
    expect(compose).not.toContain('privileged: true');
  });
});
