import { assertShellSafe } from './binaries.js';

describe('assertShellSafe', () => {
  it.each(['/home/ana/coffee shop/native', "/home/o'hara/native", '/home/josé/(coffee) & tea/native'])(
    'accepts %s',
    (path) => {
      expect(() => assertShellSafe(path)).not.toThrow();
    },
  );

  it.each(['/home/$shop/native', '/home/`shop/native', '/home/"shop/native', '/home/\\shop/native'])(
    'refuses %s with the way out',
    (path) => {
      expect(() => assertShellSafe(path)).toThrow(`rename ${path}, or set DATABASE_URL`);
    },
  );
});
