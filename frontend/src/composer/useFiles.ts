/** Files on their way to the server. */
import { ref, type Ref } from "vue";
import { sentenceOf } from "@/api/problems";
import { addFile, removeFile } from "@/api/replies";
import type { Attachment } from "@/api/types";
import { pictureNamed } from "./pictures";

export function useFiles(number: number, files: Ref<Attachment[]>) {
  const coming = ref<string[]>([]);
  const refused = ref<string[]>([]);

  async function add(chosen: readonly File[]): Promise<void> {
    refused.value = [];
    await Promise.all(chosen.map((file) => one(file, false)));
  }

  /** Put into the words: the server shows there what is a picture, and attaches the rest. */
  async function put(chosen: readonly File[]): Promise<void> {
    refused.value = [];
    const taken = [...files.value.map(({ filename }) => filename), ...coming.value];
    const named = chosen.map((file) => {
      const kept = pictureNamed(file, taken);
      taken.push(kept.name);
      return kept;
    });
    await Promise.all(named.map((file) => one(file, true)));
  }

  async function one(file: File, inline: boolean): Promise<void> {
    coming.value = [...coming.value, file.name];
    try {
      files.value = [...files.value, await addFile(number, file, inline)];
    } catch (cause) {
      refused.value = [...refused.value, `${file.name}: ${sentenceOf(cause)}`];
    } finally {
      coming.value = coming.value.filter((name) => name !== file.name);
    }
  }

  async function remove(id: number): Promise<void> {
    files.value = files.value.filter((file) => file.id !== id);
    await removeFile(number, id).catch(() => undefined);
  }

  return { coming, refused, add, put, remove };
}
