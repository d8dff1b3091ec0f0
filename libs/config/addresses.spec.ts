import { Config, sandboxAddress } from './config.js';

const DATABASE_URL = 'postgresql://barista@localhost:5432/coffee';

describe('the address of the metrics', () => {
  it('is undefined by default', () => {
    expect(Config.from({ DATABASE_URL }).metricsAddress).toBeUndefined();
  });

  it('has the host of the API', () => {
    const { metricsAddress } = Config.from({ DATABASE_URL, HOST: '0.0.0.0', METRICS_PORT: '9464' });

    expect(metricsAddress).toEqual({ host: '0.0.0.0', port: 9464, portVariable: 'METRICS_PORT' });
  });

  it('may be a free port, as that of the API', () => {
    expect(Config.from({ DATABASE_URL, PORT: '0', METRICS_PORT: '0' }).metricsAddress?.port).toBe(0);
  });
});

describe('sandboxAddress', () => {
  it('has defaults for everything', () => {
    expect(sandboxAddress({})).toEqual({ host: '127.0.0.1', port: 8001, portVariable: 'SANDBOX_PORT' });
  });

  it('reads HOST and SANDBOX_PORT, not PORT', () => {
    const address = sandboxAddress({ HOST: '0.0.0.0', PORT: 'canary', SANDBOX_PORT: '9001' });

    expect(address).toMatchObject({ host: '0.0.0.0', port: 9001 });
  });

  it('listens on all addresses in production', () => {
    expect(sandboxAddress({ APP_ENV: 'production' }).host).toBeUndefined();
  });

  it('refuses a malformed SANDBOX_PORT', () => {
    expect(() => sandboxAddress({ SANDBOX_PORT: '99999' })).toThrow('SANDBOX_PORT must be an integer from 0');
  });
});
