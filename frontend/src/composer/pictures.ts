/** Pictures that are put into the words. */

/** Browsers name every pasted picture image.png, and the customer's program reads the name out. */
const PASTED = /^image\.(\w+)$/i;

export function pictureNamed(file: File, taken: readonly string[]): File {
  const ending = PASTED.exec(file.name)?.[1];
  if (!ending) return file;
  let count = 1;
  while (taken.includes(`Picture ${count}.${ending}`)) count += 1;
  return new File([file], `Picture ${count}.${ending}`, { type: file.type });
}

/** The files of a paste. Programs that copy words put a picture of them beside; then the words are meant. */
export function pastedFiles(pasted: DataTransfer): File[] {
  const files = [...pasted.files];
  const names = files.map(({ name }) => name);
  const lines = pasted.getData("text/plain").split(/\r?\n/).filter((line) => line.trim());
  return lines.every((line) => names.includes(line.trim())) ? files : [];
}
