import path from 'node:path';
import { trainAndRead } from '../train-and-read.js';
import { InPage } from './in-page.jsx';

// At each request, not once at build time.
export const dynamic = 'force-dynamic';

/** A server component trains on the server, a client component in the page. */
export default async function Page() {
  const result = await trainAndRead(path.resolve('public/net.pth'));
  return (
    <main>
      <pre>{JSON.stringify(result)}</pre>
      <InPage />
    </main>
  );
}
