namespace BpfCore.Buffers;

/// <summary>Makes a value of a record's bytes.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <param name="source">The CPU or the map it came from, as <see cref="IRecordHandler.OnSample"/> says.</param>
/// <param name="data">The bytes, valid until the method returns: copy what is to stay.</param>
public delegate T RecordDecoder<out T>(int source, ReadOnlySpan<byte> data);
