/** Vaults from before version 3 of `vault.json`. `sealed` is 'hunter2' for `users.password` of row 3. */
export const older = {
  neverRotated: {
    passphrase: 'correct horse',
    recoveryKey: 'BFXR7-ZGSJX-644WJ-F359Q-Q0MAQ-R0K9D',
    sealed: 'AQEv_WiR0hHELckz1-3eLXyFpZhG4lJloQkiA0fGRboDgJaA5w',
    file: {
      version: 1,
      installationId: '7e5e35fa-e352-4e88-9f5f-41ef0659616b',
      keyId: 1,
      check: 'Cr-2KpOPnzll97x9FR5qVHYEhSe74l8TJmdEg1YT-jE',
      held: {
        mode: 'passphrase',
        kdf: 'argon2id',
        memoryKiB: 65536,
        passes: 3,
        lanes: 1,
        salt: 'lo1kfSdq8Qa7DklBf8V7dA',
        wrapped: 'URVU6gnZvM0IiBpsxV4Dzot8cY20r1MyDgsxSbsUzWmUpqD4a00k7XWfylWz0fugAjPtIu5m4KO_rq_R',
      },
      recovery: {
        wrapped: 'HtNfQGoPi7zTxqkBOGqpK01RE5rL5IrvMHhdLScxJ-XsS4Ul_w7cCvq2X1bOS6a4QIVjM7PMKKUSdoEC',
        lastGroup: '5784Z4QtyqzhcO8c9KY5NCF2tmxvVcGE5_7uEY1TPs8',
        confirmed: false,
      },
    },
  },
  rotated: {
    passphrase: 'correct horse',
    recoveryKey: 'A08HG-REBFJ-XAS21-T2YQS-CNKGN-CCES9',
    sealed: 'AQK6CmKG5VHFpNh-c5RlHZVTle3r-MwceKpiiGsdQEVsIvd3BA',
    file: {
      version: 2,
      installationId: 'a0e625b4-8680-4493-bb34-535bfd40d890',
      keyId: 2,
      check: 'x8sFYurqYfOhTXASXcIyjkbPGVSTPxMUsurD_ZOXsyk',
      recovery: {
        wrapped: 'mN3GiqN3qrww_FUP0SlmXqB6AjVjtO7J1lgN7bBmNWDvYvN9YiSKoS3wy0BGh9lQzlbeC8BBXUvFhXzs',
        lastGroup: 'YCPki0s-ogr41euOUbPNs2oKkWFuiOfn_-Yr03XuuLY',
        confirmed: false,
      },
      rotation: {
        tokenKeys:
          'Kz2asfiG2SxPgagvTaSm5tCGZwp-h61jVcA8wDyYhrA_YWHnXNkeupjA3la64qCgx9c8IhTtgApa88uReFtonXaKTKnusDKB5qUFdzp6o-RqnLXAfI7SUK5djwlKVbVDtuuu1b_J404PrSv4uzP04ChV4inJJlts8p3lvg',
      },
      held: {
        mode: 'passphrase',
        kdf: 'argon2id',
        memoryKiB: 65536,
        passes: 3,
        lanes: 1,
        salt: 'kP5ricNNtCIbdnvxDk1aYQ',
        wrapped: 'gZIUakd0gEfcZTEudXZZqfGM3BHGP4zD-MPsaE3m_5L6ae0IpkznQDDs55hD5Cj8OUHfVUocLgvRx6rI',
      },
    },
  },
  underRotation: {
    passphrase: 'correct horse',
    recoveryKey: '4EAWT-1YPJ4-1E0FR-C2K0F-4PRQ1-PNYER',
    sealed: 'AQKzbjzcf0MER82Vs4Rw-UArXSkWqTegIQV3KLMVbfIekRX0aA',
    file: {
      version: 2,
      installationId: '2c2ac251-aa4f-4719-9dda-b2027fd4a2ca',
      keyId: 2,
      check: 'NOE3mnzX3RNis9R3bysuRVBZy-OpsyaM-3aEeHjqF3U',
      recovery: {
        wrapped: 'b4FnpzU4QOuatkr0lg-uOVizZAaEvym6sjlYfJ5FsY022xKVOcaz6dm8rjsAIIuo8e5YU3imvCcmiLRY',
        lastGroup: 'R6BIGBurZkMGwnRwDIh-DJ5t6C2QGn4OcsQOc2d_5RA',
        confirmed: false,
      },
      rotation: {
        tokenKeys:
          'EviG-9ZtSHKHWoe8sKFFzW_LTdTuxDHXKwL3puhgRqd5cDYt_HhbMZMMoxipErNJLEMyfrCsAZotqRWXPZvHOo0EcT9XmUt7SBr59-4-rBpFIlNZS-ofUCTGLQv-1RjHrH7g06UawejUx9Xq6cOFJbGJ493zXpDVCwBJQg',
        before: {
          keyId: 1,
          wrapped: '_K2qtN-Glpk1T0TdKd1gG0X3yHuL50U2ytYPDJdNshXei2tCwyLPczWuDBw6UCZvPdPnMVUgHzEKirEc',
        },
      },
      held: {
        mode: 'passphrase',
        kdf: 'argon2id',
        memoryKiB: 65536,
        passes: 3,
        lanes: 1,
        salt: 'QZV8BRI_lQDCzXfNxkFyeg',
        wrapped: '2g714pHH0rjCX7PzZiNUsk8rrutOe8LaTRa2kEIv8-u18mk1vrXYyhdBn0rNOVAz0ovT6EddyTf5RFL_',
      },
    },
  },
  withBom: {
    passphrase: '\uFEFFcorrect horse',
    recoveryKey: 'NVSAH-2CPJ6-BGHWA-RC5ZC-976HQ-987NM',
    sealed: 'AQGfjYxmjRSyjZfSZn6wItXHnwAvs1DJRhJFqpQkvACyKhLtKQ',
    file: {
      version: 1,
      installationId: 'bd6dc764-cbce-4676-ab00-5a8fab26d4c2',
      keyId: 1,
      check: '8uhUu8Ak-IOr1z0XdD2tZYt4eYHgDZWwUFrT-PncDSs',
      held: {
        mode: 'passphrase',
        kdf: 'argon2id',
        memoryKiB: 65536,
        passes: 3,
        lanes: 1,
        salt: '8DBhIeW-UqaaO8IvbXg36g',
        wrapped: '3QR5M6WYKfzAs72XBFXw9FB1oon_cEpTyNvaaiNq65EYLsuTo3CTyPjtI0Uafj4ry4sN0MCUO5kQStuZ',
      },
      recovery: {
        wrapped: 'oxXMoMOq8rQGMhlRqFFW7_qxfnfSTykhZfylkKiVo80tG4-o8ALhlsn7tSchEylp9gLlbiuFX2i-71NW',
        lastGroup: 'jAek2tjlYgKWT1XcdS7a1XFCY-E6EYtJOco1UkZoe3o',
        confirmed: false,
      },
    },
  },
} as const;
