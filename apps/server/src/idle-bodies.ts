import type { Server } from 'node:http';

/** Milliseconds without a byte of a body. */
const LONGEST_SILENCE = 60_000;

/**
 * Lets bodies take as long as they need, a large file over a slow line too, and breaks off those of
 * which nothing more comes. Headers keep the server's own limit.
 */
export function breakOffIdleBodies(server: Server, silence: number = LONGEST_SILENCE): void {
  server.requestTimeout = 0;
  server.on('request', (request, response) => {
    const { socket } = request;
    let read = socket.bytesRead;
    const timer = setInterval(() => {
      if (request.complete) clearInterval(timer);
      else if (socket.bytesRead === read) socket.destroy();
      read = socket.bytesRead;
    }, silence);
    response.on('close', () => clearInterval(timer));
  });
}
