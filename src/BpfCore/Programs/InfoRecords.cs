namespace BpfCore.Programs;

/// <summary>
/// Function and line records cut to what every kernel knows. A compiler of the future may write longer ones; kernels
/// refuse with E2BIG what is not zero behind their own structure.
/// </summary>
internal static class InfoRecords
{
    /// <summary>Size of <c>struct bpf_func_info</c> in bytes.</summary>
    public const int FunctionSize = 8;

    /// <summary>Size of <c>struct bpf_line_info</c> in bytes.</summary>
    public const int LineSize = 16;

    /// <summary>Copies the first <paramref name="kept"/> bytes of every record.</summary>
    public static byte[] Cut(ReadOnlySpan<byte> records, int size, int kept)
    {
        byte[] cut = new byte[size == 0 ? 0 : records.Length / size * kept];
        for (int from = 0, to = 0; to < cut.Length; from += size, to += kept)
        {
            records.Slice(from, kept).CopyTo(cut.AsSpan(to));
        }

        return cut;
    }
}
