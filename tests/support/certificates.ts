import { generateKeyPairSync, randomBytes } from "node:crypto";
import { md, pki } from "node-forge";

/** In PEM. */
export interface Certified {
  /** The authority's certificate, which a client has to trust. */
  authority: string;
  certificate: string;
  key: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** A certificate for a host's name, by an authority of its own. */
export function certificateFor(host: string): Certified {
  const [authority, server] = [keys(), keys()];
  const issuer = [{ name: "commonName", value: "An authority for tests" }];
  const root = certificate(authority.public, issuer, issuer, [{ name: "basicConstraints", cA: true }]);
  const leaf = certificate(server.public, [{ name: "commonName", value: host }], issuer, [
    { name: "subjectAltName", altNames: [{ type: 2, value: host }] },
  ]);
  return {
    authority: signed(root, authority.private),
    certificate: signed(leaf, authority.private),
    key: server.private,
  };
}

/** node:crypto makes them in a fraction of the time. */
function keys(): { public: string; private: string } {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  return { public: publicKey, private: privateKey };
}

function certificate(
  publicKey: string,
  subject: pki.CertificateField[],
  issuer: pki.CertificateField[],
  extensions: object[],
): pki.Certificate {
  const made = pki.createCertificate();
  made.publicKey = pki.publicKeyFromPem(publicKey);
  made.serialNumber = randomBytes(8).toString("hex").replace(/^./, "0");
  made.validity.notBefore = new Date(Date.now() - DAY_MS);
  made.validity.notAfter = new Date(Date.now() + DAY_MS);
  made.setSubject(subject);
  made.setIssuer(issuer);
  made.setExtensions(extensions);
  return made;
}

function signed(certificate: pki.Certificate, key: string): string {
  certificate.sign(pki.privateKeyFromPem(key), md.sha256.create());
  return pki.certificateToPem(certificate);
}
