/** What confirms the deletion of a user: the e-mail, or the id where the e-mail cannot be read and typed safely. */
export const confirmationOf = ({ id, email }: { id: string; email: string }): string =>
  /^[^\p{C}\p{Z}]{1,254}$/u.test(email) ? email : id
