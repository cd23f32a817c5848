namespace BpfCore.Instructions;

/// <summary>Operation bits of include/uapi/linux/bpf.h and bpf_common.h, in their own names.</summary>
internal static class InstructionNative
{
    // BPF_ALU and BPF_ALU64
    public const byte BPF_ADD = 0x00;
    public const byte BPF_SUB = 0x10;
    public const byte BPF_MUL = 0x20;
    public const byte BPF_DIV = 0x30;
    public const byte BPF_OR = 0x40;
    public const byte BPF_AND = 0x50;
    public const byte BPF_LSH = 0x60;
    public const byte BPF_RSH = 0x70;
    public const byte BPF_NEG = 0x80;
    public const byte BPF_MOD = 0x90;
    public const byte BPF_XOR = 0xA0;
    public const byte BPF_MOV = 0xB0;
    public const byte BPF_ARSH = 0xC0;
    public const byte BPF_END = 0xD0;

    // Offset of a move between registers.
    public const short BPF_ADDR_SPACE_CAST = 1;

    // BPF_JMP and BPF_JMP32
    public const byte BPF_JA = 0x00;
    public const byte BPF_JEQ = 0x10;
    public const byte BPF_JGT = 0x20;
    public const byte BPF_JGE = 0x30;
    public const byte BPF_JSET = 0x40;
    public const byte BPF_JNE = 0x50;
    public const byte BPF_JSGT = 0x60;
    public const byte BPF_JSGE = 0x70;
    public const byte BPF_CALL = 0x80;
    public const byte BPF_EXIT = 0x90;
    public const byte BPF_JLT = 0xA0;
    public const byte BPF_JLE = 0xB0;
    public const byte BPF_JSLT = 0xC0;
    public const byte BPF_JSLE = 0xD0;
    public const byte BPF_JCOND = 0xE0;

    // Immediate of BPF_STX | BPF_ATOMIC
    public const int BPF_FETCH = 0x01;
    public const int BPF_XCHG = 0xE0 | BPF_FETCH;
    public const int BPF_CMPXCHG = 0xF0 | BPF_FETCH;
    public const int BPF_LOAD_ACQ = 0x100;
    public const int BPF_STORE_REL = 0x110;
}
