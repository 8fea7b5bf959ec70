export function StatisticsObjectPage() {
  return null
}
