import { PassThrough, Readable } from 'node:stream';
import { readProviderBody } from './provider-body.js';

const MAX_BYTES = 64 * 1024;

async function valueOf(stream: Readable): Promise<unknown> {
  return (await readProviderBody(stream)).value;
}

function streamOf(...chunks: (string | Buffer)[]): Readable {
  return Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
}

describe('readProviderBody', () => {
  it.each([
    ['a JSON object', '{"receipt": [1, null, "é"]}', { receipt: [1, null, 'é'] }],
    ['a bare number', '42', 42],
    ['a bare null', 'null', null],
    ['plain text', 'thank you', 'thank you'],
    ['broken JSON', '{"receipt":', '{"receipt":'],
    ['an empty body', '', ''],
    ['JSON with a long integer', '{"id":12345678901234567891}', '{"id":12345678901234567891}'],
    ['JSON with a huge number', '{"id":1e999}', '{"id":1e999}'],
    ['JSON with a long decimal', '[0.1234567890123456789]', '[0.1234567890123456789]'],
    ['JSON with a long number as text', '{"id":"12345678901234567891"}', { id: '12345678901234567891' }],
  ])('returns the value of %s', async (_, text, value) => {
    expect(await valueOf(streamOf(text))).toEqual(value);
  });

  it.each([
    ['invalid UTF-8', Buffer.from([0xff, 0xfe, 0x00])],
    ['text with NUL', Buffer.from('a\0b')],
    ['JSON with NUL', Buffer.from('{"note":"a\\u0000b"}')],
    ['an unpaired surrogate', Buffer.from('"\\ud800"')],
    ['a prototype key', Buffer.from('{"__proto__":1}')],
    ['33 levels of nesting', Buffer.from('['.repeat(33) + ']'.repeat(33))],
  ])('returns base64 for %s', async (_, bytes) => {
    expect(await valueOf(streamOf(bytes))).toEqual({ base64: bytes.toString('base64') });
  });

  it('joins chunks that split a character', async () => {
    const [first, second] = Buffer.from('é');

    expect(await valueOf(streamOf('"', Buffer.from([first!]), Buffer.from([second!]), '"'))).toBe('é');
  });

  it('counts the bytes of the body', async () => {
    expect(await readProviderBody(streamOf('"é"'))).toEqual({ value: 'é', bytes: 4 });
  });

  it('cuts a body after 64 KB', async () => {
    const text = await valueOf(streamOf('x'.repeat(MAX_BYTES - 1), 'yz', 'never read'));

    expect(text).toBe(`${'x'.repeat(MAX_BYTES - 1)}y`);
  });

  it('stops reading an endless body after 64 KB', async () => {
    let produced = 0;
    const endless = new Readable({
      read(size) {
        produced += size;
        this.push(Buffer.alloc(size, 'x'));
      },
    });

    expect(await valueOf(endless)).toBe('x'.repeat(MAX_BYTES));
    expect(endless.destroyed).toBe(true);
    expect(produced).toBeLessThan(4 * MAX_BYTES);
  });

  it('returns what arrived before the connection broke', async () => {
    const broken = Readable.from(
      (function* () {
        yield Buffer.from('half');
        throw new Error('socket hang up');
      })(),
    );

    expect(await valueOf(broken)).toBe('half');
  });

  it('returns what arrived within two seconds if the body never ends', async () => {
    const stalled = new PassThrough();
    stalled.write('{"status":');
    const startedAt = performance.now();

    expect(await valueOf(stalled)).toBe('{"status":');
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    expect(stalled.destroyed).toBe(true);
  });

  it('ignores chunks that are not bytes', async () => {
    expect(await valueOf(Readable.from([{ no: 'bytes' }, Buffer.from('yes')]))).toBe('yes');
  });
});
