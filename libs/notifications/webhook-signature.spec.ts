import { webhookSignature } from './webhook-signature.js';

/** The example of the reference implementations of Standard Webhooks. */
const KEY = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');
const CONTENT = {
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  timestamp: '1614265330',
  body: Buffer.from('{"test": 2432232314}'),
};
const SIGNATURE = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';

describe('webhookSignature', () => {
  it('is that of the reference implementations', () => {
    expect(webhookSignature(CONTENT, [KEY])).toBe(SIGNATURE);
  });

  it('has one signature for each key, in their order', () => {
    const other = webhookSignature(CONTENT, [Buffer.alloc(24)]);

    expect(other).not.toBe(SIGNATURE);
    expect(webhookSignature(CONTENT, [Buffer.alloc(24), KEY])).toBe(`${other} ${SIGNATURE}`);
  });

  it.each([
    ['id', { ...CONTENT, id: 'msg_2' }],
    ['timestamp', { ...CONTENT, timestamp: '1614265331' }],
    ['body', { ...CONTENT, body: Buffer.from('{"test": 2432232315}') }],
  ])('depends on the %s', (_, content) => {
    expect(webhookSignature(content, [KEY])).not.toBe(SIGNATURE);
  });
});
