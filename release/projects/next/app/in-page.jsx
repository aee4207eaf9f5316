'use client';

import { useEffect, useState } from 'react';

export function InPage() {
  const [result, setResult] = useState('');
  useEffect(() => {
    // At the first use, and never while the server renders.
    import('../train-and-read.js')
      .then(({ trainAndRead }) => trainAndRead('/net.pth'))
      .then((value) => setResult(JSON.stringify(value)));
  }, []);
  return <output>{result}</output>;
}
