import type { Response } from 'express';

/** Sends a file to be kept. From its folder on: what lies above may well begin with a dot. */
export async function sendFile(
  response: Response,
  { folder, file }: { readonly folder: string; readonly file: string },
  name: string,
  type = 'application/octet-stream',
): Promise<void> {
  const headers = { 'Content-Type': type, 'Cache-Control': 'no-store' };
  await new Promise<void>((resolve, reject) => {
    response.download(file, name, { root: folder, headers }, (error) => {
      // A client that has gone needs no answer.
      if (error && !response.headersSent) reject(error);
      else resolve();
    });
  });
}
