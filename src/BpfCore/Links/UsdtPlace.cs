namespace BpfCore.Links;

/// <summary>One place of a USDT probe.</summary>
/// <param name="Offset">Offset of its instruction in the file.</param>
/// <param name="SemaphoreOffset">Offset of its counter in the file; 0 for none.</param>
/// <param name="Spec">Index of the description of its arguments.</param>
/// <param name="FixedAddress">Its address in every process; null where that is the loader's choice.</param>
internal readonly record struct UsdtPlace(ulong Offset, ulong SemaphoreOffset, uint Spec, ulong? FixedAddress);
