/** Run `act` at once, then at most once per `pause` milliseconds; the last call is never lost. */
export function atMost(pause: number, act: () => void): () => void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let again = false;

  function rest(): void {
    waiting = setTimeout(() => {
      waiting = undefined;
      if (!again) return;
      again = false;
      run();
    }, pause);
  }

  function run(): void {
    rest();
    act();
  }

  return () => {
    if (waiting === undefined) run();
    else again = true;
  };
}
