import { Config } from './config.js';
import { InvalidConfiguration } from './invalid-configuration.js';

const DATABASE_URL = 'postgresql://barista@localhost:5432/coffee';
const PRODUCTION = {
  APP_ENV: 'production',
  JWT_SECRET_KEY: 'a secret of thirty-two characters',
  PAYMENT_SERVICE_URL: 'https://provider.example/payment',
  NOTIFICATION_SERVICE_URL: 'https://provider.example/notification',
};

function origins(text?: string, variables: NodeJS.ProcessEnv = {}): readonly string[] {
  return Config.from({ DATABASE_URL, CORS_ORIGINS: text, ...variables }).corsOrigins;
}

describe('CORS_ORIGINS', () => {
  it('has no default', () => {
    expect(origins()).toEqual([]);
  });

  it.each([
    ['https://shop.example.com', ['https://shop.example.com']],
    ['https://a.example, http://localhost:5173', ['https://a.example', 'http://localhost:5173']],
    ['https://[2001:db8::1]:8443', ['https://[2001:db8::1]:8443']],
  ])('may be %s', (text, expected) => {
    expect(origins(text)).toEqual(expected);
  });

  it.each([
    ['*'],
    ['null'],
    ['https://*.example.com'],
    ['shop.example.com'],
    ['https://shop.example.com/'],
    ['https://shop.example.com/order'],
    ['https://Shop.example.com'],
    ['https://shop.example.com:443'],
    ['https://user@shop.example.com'],
    ['https://a.example,'],
    ['https://a.example https://b.example'],
    ['ftp://shop.example.com'],
    ['file:///index.html'],
  ])('is refused if it is %s', (text) => {
    expect(() => origins(text)).toThrow(
      /^The configuration is refused:\n {2}- CORS_ORIGINS must be origins /,
    );
  });

  it('is refused in production if a page comes over plain http from another machine', () => {
    expect(() => origins('https://a.example,http://b.example', PRODUCTION)).toThrow(InvalidConfiguration);
    expect(origins('https://a.example,http://localhost:5173', PRODUCTION)).toHaveLength(2);
  });
});
