import { delimiter } from 'node:path';
import { describe, expect, it } from 'vitest';
import { acceptedHostnames, readConfig } from './config.ts';

describe('readConfig', () => {
  it('listens on loopback unless told otherwise', () => {
    expect(readConfig({}, {})).toMatchObject({ host: '127.0.0.1', port: 4321, databases: [] });
  });

  it('reads the environment, and lets options win', () => {
    const environment = {
      QUAESTOR_PORT: '8080',
      QUAESTOR_HOME: '/state',
      QUAESTOR_DATABASES: ['/a.sqlite', '/more'].join(delimiter),
      QUAESTOR_GENERATOR: 'llama',
    };
    expect(readConfig({ port: 9090 }, environment)).toMatchObject({
      port: 9090,
      home: '/state',
      databases: ['/a.sqlite', '/more'],
      generator: 'llama',
    });
  });

  it('takes an empty variable for an unset one, and blanks around a value for none', () => {
    for (const blank of ['', ' ', '\t']) {
      const environment = { QUAESTOR_PORT: blank, QUAESTOR_MAX_WAITING: blank };
      expect(readConfig({}, environment)).toMatchObject({ port: 4321, maxWaiting: 8 });
    }
    const environment = { QUAESTOR_HOST: ' 127.0.0.1', QUAESTOR_PORT: ' 80 ' };
    expect(readConfig({}, environment)).toMatchObject({ host: '127.0.0.1', port: 80 });
  });

  it('takes seconds that a timer can wait', () => {
    const names = ['QUAESTOR_ASK_SECONDS', 'QUAESTOR_STATEMENT_SECONDS', 'QUAESTOR_DRAIN_SECONDS'];
    for (const name of names) {
      expect(() => readConfig({}, { [name]: '2147483.1' })).toThrow(/Seconds: .*2147483/);
      expect(() => readConfig({}, { [name]: '2147483' })).not.toThrow();
    }
  });

  it('takes an address of a remote model that can be asked', () => {
    const bad = { 'ftp://x': /http or https/, 'file:///x': /http or/, 'http://user:pw@h': /a key/ };
    for (const [url, message] of Object.entries(bad)) {
      expect(() => readConfig({}, { QUAESTOR_REMOTE_URL: url })).toThrow(message);
    }
  });

  it('names every problem at once', () => {
    const read = () => readConfig({}, { QUAESTOR_PORT: 'http', QUAESTOR_ASK_SECONDS: '0' });
    expect(read).toThrow(/port: .*; askSeconds: /);
  });

  it('opens to other machines only together with the names it may be opened under', () => {
    expect(() => readConfig({ host: '0.0.0.0' }, {})).toThrow('QUAESTOR_ALLOWED_HOSTS');
    const open = readConfig({ host: '0.0.0.0' }, { QUAESTOR_ALLOWED_HOSTS: 'Box.lan,box' });
    expect(acceptedHostnames(open)).toContain('box.lan');
    expect(acceptedHostnames(open)).not.toContain('evil.example');
  });

  it('takes host names as Host headers have them, and nothing beside them', () => {
    const names = ' other.lan ,, [FD00::1],bücher.example';
    const { allowedHosts } = readConfig({}, { QUAESTOR_ALLOWED_HOSTS: names });
    expect(allowedHosts).toEqual(['other.lan', 'fd00::1', 'xn--bcher-kva.example']);
    expect(readConfig({}, { QUAESTOR_HOST: '[::1]' }).host).toBe('::1');
    for (const name of ['box.lan:8443', 'https://box.lan', 'box.lan/quaestor', '*.lan']) {
      const read = () => readConfig({ host: name }, { QUAESTOR_ALLOWED_HOSTS: name });
      expect(read, name).toThrow(/host: is .* without scheme, port or path.*allowedHosts\.0: is /);
    }
  });
});
