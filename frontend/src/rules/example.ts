/** What a new rule begins with: the shape of a rule file, whole and taken as it is. */
export const EXAMPLE = `id: house.hiccup
extends: existence
level: warning
patterns:
  - 'hiccup*'
message: 'This makes little of what happened.'
suggestion: 'Say what went wrong.'
tests:
  trigger:
    - 'There was a hiccup.'
  pass:
    - 'There was a fault.'
`;
