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

  it('takes an empty variable for an unset one', () => {
    expect(readConfig({}, { QUAESTOR_PORT: '' }).port).toBe(4321);
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
});
