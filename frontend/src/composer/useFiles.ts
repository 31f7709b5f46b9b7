/** Files on their way to the server. */
import { ref, type Ref } from "vue";
import { sentenceOf } from "@/api/problems";
import { addFile, removeFile } from "@/api/replies";
import type { Attachment } from "@/api/types";

export function useFiles(number: number, files: Ref<Attachment[]>) {
  const coming = ref<string[]>([]);
  const refused = ref<string[]>([]);

  async function add(chosen: readonly File[]): Promise<void> {
    refused.value = [];
    await Promise.all(chosen.map(one));
  }

  async function one(file: File): Promise<void> {
    coming.value = [...coming.value, file.name];
    try {
      files.value = [...files.value, await addFile(number, file)];
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

  return { coming, refused, add, remove };
}
