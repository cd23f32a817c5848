using System.Buffers.Binary;

namespace BpfCore.Btf;

/// <summary>Adds types and names behind those of a file; what was there keeps its ids and name offsets.</summary>
internal static class BtfAppendix
{
    /// <summary>The bytes of a file with more types and names.</summary>
    /// <remarks>
    /// The header is written anew, which drops fields behind its 24 bytes and gaps between the sections.
    /// </remarks>
    /// <param name="file">The file, which tells where its sections lie.</param>
    /// <param name="image">Its bytes, changed or not, of unchanged length.</param>
    /// <param name="types">Whole records of types; the first one gets the id <see cref="BtfFile.TypeCount"/>.</param>
    /// <param name="names">
    /// Names with their NULs; the first one gets the offset <see cref="BtfFile.StringSectionLength"/>.
    /// </param>
    public static byte[] Append(
        BtfFile file, ReadOnlySpan<byte> image, ReadOnlySpan<byte> types, ReadOnlySpan<byte> names)
    {
        ReadOnlySpan<byte> oldTypes = image.Slice(file.TypeSectionOffset, file.TypeSectionLength);
        ReadOnlySpan<byte> oldNames = image.Slice(file.StringSectionOffset, file.StringSectionLength);
        int typesLength = oldTypes.Length + types.Length;
        byte[] grown = new byte[BtfNative.sizeof_btf_header + typesLength + oldNames.Length + names.Length];

        Span<byte> header = grown;
        image[..BtfNative.btf_header_hdr_len].CopyTo(header);
        Write(header[BtfNative.btf_header_hdr_len..], BtfNative.sizeof_btf_header);
        Write(header[BtfNative.btf_header_type_len..], typesLength);
        Write(header[BtfNative.btf_header_str_off..], typesLength);
        Write(header[BtfNative.btf_header_str_len..], oldNames.Length + names.Length);

        Span<byte> body = header[BtfNative.sizeof_btf_header..];
        oldTypes.CopyTo(body);
        types.CopyTo(body[oldTypes.Length..]);
        oldNames.CopyTo(body[typesLength..]);
        names.CopyTo(body[(typesLength + oldNames.Length)..]);
        return grown;
    }

    private static void Write(Span<byte> target, int value) => BinaryPrimitives.WriteInt32LittleEndian(target, value);
}
