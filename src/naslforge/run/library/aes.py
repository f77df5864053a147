"""AES with a key of 128 bits, block by block (ECB), padded as PKCS #7: the cipher of nasl.auth, after FIPS 197.

It keeps no secret here: the key is known, equal blocks look equal, and time depends on the data. Tests need it to be
the same in every run, and to have the form that the platform's texts have.
"""

BLOCK = 16
Words = list[list[int]]  # a state or round key: four columns of four bytes


def _double(byte: int) -> int:
    """The product with x in the field of AES."""
    return (byte << 1) ^ (0x11B if byte & 0x80 else 0)


def _times(byte: int, factor: int) -> int:
    product = 0
    while factor:
        product ^= byte if factor & 1 else 0
        byte, factor = _double(byte), factor >> 1
    return product


def _substitutions() -> list[int]:
    """The S-box: the inverse in the field, then an affine map."""
    box = [0] * 256
    p = q = 1
    while True:
        p ^= _double(p)  # p runs through the field as powers of 3, q through their inverses
        for shift in (1, 2, 4):
            q ^= q << shift & 0xFF
        q ^= 0x09 if q & 0x80 else 0
        turned = q ^ _turned(q, 1) ^ _turned(q, 2) ^ _turned(q, 3) ^ _turned(q, 4)
        box[p] = turned ^ 0x63
        if p == 1:
            break
    box[0] = 0x63
    return box


def _turned(byte: int, bits: int) -> int:
    return (byte << bits | byte >> 8 - bits) & 0xFF


S_BOX = _substitutions()
INVERSE = [S_BOX.index(byte) for byte in range(256)]
PRODUCTS = {factor: [_times(byte, factor) for byte in range(256)] for factor in (1, 2, 3, 9, 11, 13, 14)}
MIX, UNMIX = (2, 3, 1, 1), (14, 11, 13, 9)


def encrypt(data: bytes, key: bytes) -> bytes:
    """The padded data as whole blocks of cipher text."""
    padding = BLOCK - len(data) % BLOCK
    padded, keys = data + bytes([padding]) * padding, _round_keys(key)
    return b"".join(_encrypt_block(padded[at : at + BLOCK], keys) for at in range(0, len(padded), BLOCK))


def decrypt(data: bytes, key: bytes) -> bytes:
    """The data that was encrypted. Raises ValueError for what is no cipher text of this key."""
    if not data or len(data) % BLOCK:
        raise ValueError("no whole blocks")
    keys = _round_keys(key)
    padded = b"".join(_decrypt_block(data[at : at + BLOCK], keys) for at in range(0, len(data), BLOCK))
    padding = padded[-1]
    if not 1 <= padding <= BLOCK or padded[-padding:] != bytes([padding]) * padding:
        raise ValueError("wrong padding")
    return padded[:-padding]


def _round_keys(key: bytes) -> list[Words]:
    columns = _columns(key)
    constant = 1
    while len(columns) < 44:
        column = columns[-1]
        if len(columns) % 4 == 0:
            column = [S_BOX[byte] for byte in column[1:] + column[:1]]
            column[0] ^= constant
            constant = _double(constant)
        columns.append([a ^ b for a, b in zip(columns[-4], column, strict=True)])
    return [columns[at : at + 4] for at in range(0, 44, 4)]


def _columns(data: bytes) -> Words:
    return [list(data[at : at + 4]) for at in range(0, len(data), 4)]


def _encrypt_block(block: bytes, keys: list[Words]) -> bytes:
    state = _added(_columns(block), keys[0])
    for turn, round_key in enumerate(keys[1:], 1):
        state = [[S_BOX[state[(column + row) % 4][row]] for row in range(4)] for column in range(4)]
        state = _added(_mixed(state, MIX) if turn < 10 else state, round_key)
    return bytes(byte for column in state for byte in column)


def _decrypt_block(block: bytes, keys: list[Words]) -> bytes:
    state = _added(_columns(block), keys[10])
    for turn, round_key in enumerate(reversed(keys[:10]), 1):
        state = [[INVERSE[state[(column - row) % 4][row]] for row in range(4)] for column in range(4)]
        state = _added(state, round_key)
        state = _mixed(state, UNMIX) if turn < 10 else state
    return bytes(byte for column in state for byte in column)


def _added(state: Words, key: Words) -> Words:
    return [[a ^ b for a, b in zip(s, k, strict=True)] for s, k in zip(state, key, strict=True)]


def _mixed(state: Words, factors: tuple[int, ...]) -> Words:
    return [[_mixed_byte(column, row, factors) for row in range(4)] for column in state]


def _mixed_byte(column: list[int], row: int, factors: tuple[int, ...]) -> int:
    result = 0
    for i, byte in enumerate(column):
        result ^= PRODUCTS[factors[(i - row) % 4]][byte]
    return result
