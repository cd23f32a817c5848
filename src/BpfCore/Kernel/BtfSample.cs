using System.Buffers.Binary;
using BpfCore.Btf;

namespace BpfCore.Kernel;

/// <summary>The smallest BTF that holds a kind which older kernels do not know.</summary>
internal static class BtfSample
{
    private const uint KindFlagShift = 24;
    private const uint AnonymousName = 0;
    private const uint SampleName = 1; // "x" in the string section below
    private const uint SectionName = 3; // ".s"
    private const uint OptionalSectionName = 6; // "?.s"
    private const uint ContextTagName = 10; // "arg:ctx"
    private const uint NoComponent = uint.MaxValue;
    private const uint Global = 1;

    private static ReadOnlySpan<byte> Strings => "\0x\0.s\0?.s\0arg:ctx\0"u8;

    // struct btf_type of a signed 32-bit integer with its encoding word; always type 1.
    private static ReadOnlySpan<uint> Int32 => [SampleName, (uint)BtfKind.Int << (int)KindFlagShift, 4, 0x0100_0020];

    /// <summary>Raw BTF for a feature.</summary>
    public static byte[] For(KernelFeature feature) => feature switch
    {
        KernelFeature.BtfFunctions => Function(linkage: 0),
        KernelFeature.BtfGlobalFunctions => Function(Global),
        KernelFeature.BtfDataSections => DataSection(SectionName),
        KernelFeature.BtfOptionalSections => DataSection(OptionalSectionName),
        KernelFeature.BtfFloat => Build([SampleName, Info(BtfKind.Float), 4]),
        KernelFeature.BtfDeclarationTags => Build(
            [
                .. Int32,
                SampleName, Info(BtfKind.Variable), 1, 0,
                SampleName, Info(BtfKind.DeclarationTag), 2, NoComponent,
            ]),
        KernelFeature.BtfTypeTags => Build([.. Int32, SampleName, Info(BtfKind.TypeTag), 1]),
        KernelFeature.BtfEnum64 => Build([SampleName, Info(BtfKind.Enum64), 8]),
        _ => throw new ArgumentOutOfRangeException(nameof(feature), feature, "no BTF shows this feature"),
    };

    /// <summary>
    /// Raw BTF of a program, type 4, and a function that it calls, type 5, both <c>int x(void *x)</c>; the argument of
    /// the second one is tagged as the program's context.
    /// </summary>
    public static byte[] ContextArgument() => Build(
        [
            .. Int32,
            AnonymousName, Info(BtfKind.Pointer), 0,
            AnonymousName, Info(BtfKind.FunctionPrototype, 1), 1, SampleName, 2,
            SampleName, Info(BtfKind.Function, Global), 3,
            SampleName, Info(BtfKind.Function, Global), 3,
            ContextTagName, Info(BtfKind.DeclarationTag), 5, 0,
        ]);

    /// <summary>Raw BTF whose type 1 is a signed 32-bit integer.</summary>
    public static byte[] Integer() => Build(Int32);

    private static byte[] DataSection(uint name) => Build(
        [
            .. Int32,
            SampleName, Info(BtfKind.Variable), 1, 0,
            name, Info(BtfKind.DataSection, 1), 4, 2, 0, 4,
        ]);

    private static byte[] Function(uint linkage) => Build(
        [
            .. Int32,
            AnonymousName, Info(BtfKind.FunctionPrototype, 1), 0, SampleName, 1,
            SampleName, Info(BtfKind.Function, linkage), 2,
        ]);

    private static uint Info(BtfKind kind, uint count = 0) => ((uint)kind << (int)KindFlagShift) | count;

    private static byte[] Build(ReadOnlySpan<uint> types)
    {
        int typesLength = types.Length * sizeof(uint);
        byte[] data = new byte[BtfNative.sizeof_btf_header + typesLength + Strings.Length];
        Span<byte> header = data;
        BinaryPrimitives.WriteUInt16LittleEndian(header, BtfNative.BTF_MAGIC);
        header[2] = BtfNative.BTF_VERSION;
        Write(header, BtfNative.btf_header_hdr_len, BtfNative.sizeof_btf_header);
        Write(header, BtfNative.btf_header_type_len, typesLength);
        Write(header, BtfNative.btf_header_str_off, typesLength);
        Write(header, BtfNative.btf_header_str_len, Strings.Length);
        for (int i = 0; i < types.Length; i++)
        {
            Write(header, BtfNative.sizeof_btf_header + (i * sizeof(uint)), unchecked((int)types[i]));
        }

        Strings.CopyTo(header[(BtfNative.sizeof_btf_header + typesLength)..]);
        return data;
    }

    private static void Write(Span<byte> data, int offset, int value) =>
        BinaryPrimitives.WriteInt32LittleEndian(data[offset..], value);
}
