/** What a page asks the script of its threads, and what that answers. */
export const ping = 'zoo: are you there?';
export const pong = 'zoo: here';

/** A part of the threads' script. tfjs's own part ignores unknown messages. */
export const answerPing = `
self.addEventListener('message', ({ data }) => {
  if (data === '${ping}') self.postMessage('${pong}');
});
`;
